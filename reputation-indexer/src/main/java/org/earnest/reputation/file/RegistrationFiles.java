package org.earnest.reputation.file;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.core.identity.AgentClaims;
import org.earnest.core.identity.AgentFiles;
import org.earnest.kit.json.JsonRefusedException;
import org.earnest.kit.json.StrictJson;
import tools.jackson.databind.JsonNode;

/** Registration files, read as often as they are asked for. */
public final class RegistrationFiles implements AgentFiles {
  /** Hexadecimal; a contract's signature may be several keys'. */
  static final int MAX_SIGNATURE_CHARS = 8194;

  /** Longer than any time in seconds. */
  static final int MAX_TIME_CHARS = 40;

  private static final String DID = "did";
  private static final String WALLET = "agentwallet";
  private final FileSource source;

  public RegistrationFiles(FileSource source) {
    this.source = source;
  }

  @Override
  public Reading read(String uri) {
    return switch (source.read(uri)) {
      case FileReading.Read(Content content) -> read(content);
      case FileReading.Refused(String code, String detail) -> new Reading.Refused(code, detail);
      case FileReading.Unavailable(String code, String detail) ->
          new Reading.Unavailable(code, detail);
    };
  }

  private static Reading read(Content content) {
    try {
      RegistrationFile file = RegistrationFile.parse(content);
      JsonNode json = StrictJson.readTree(content.bytes());
      List<JsonNode> services = RegistrationFile.entries(json);
      return new Reading.Read(
          new AgentClaims(
              file.registrations().stream()
                  .flatMap(text -> Parsed.agent(text).stream())
                  .collect(Collectors.toUnmodifiableSet()),
              services.stream().flatMap(RegistrationFiles::did).toList(),
              services.stream().flatMap(service -> endpoint(service, WALLET).stream()).toList()));
    } catch (JsonRefusedException refused) {
      return new Reading.Refused("not_json", String.valueOf(refused.getMessage()));
    } catch (IllegalArgumentException refused) {
      return new Reading.Refused("not_a_registration_file", String.valueOf(refused.getMessage()));
    }
  }

  private static Stream<AgentClaims.DidClaim> did(JsonNode service) {
    Optional<String> signature = Members.text(service, "ownerSignature", MAX_SIGNATURE_CHARS);
    Optional<String> time = Members.text(service, "ownerSignedAt", MAX_TIME_CHARS);
    return endpoint(service, DID)
        .map(did -> new AgentClaims.DidClaim(did, signature, time))
        .stream();
  }

  private static Optional<String> endpoint(JsonNode service, String kind) {
    return Members.text(service, "name", RegistrationFile.MAX_WORD_CHARS)
        .filter(name -> name.toLowerCase(Locale.ROOT).equals(kind))
        .flatMap(name -> Members.text(service, "endpoint", RegistrationFile.MAX_LINK_CHARS));
  }
}
