package org.earnest.credentials.sdjwt;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.earnest.credentials.jose.JwkKey;
import org.earnest.credentials.jose.StrictJws;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A signed JWT, what of it is disclosed, and the holder's proof (RFC 9901 §4), as it travels in
 * compact form. Nothing of it is judged.
 *
 * @param issued the issuer's JWT
 * @param disclosures in the order in which they came
 * @param keyBinding the holder's JWT
 */
public record SdJwt(String issued, List<String> disclosures, Optional<String> keyBinding) {
  /** Of one SD-JWT. */
  public static final int MAX_DISCLOSURES = 512;

  static final String SD = "_sd";
  static final String SD_ALG = "_sd_alg";
  static final String ITEM = "...";

  /** No claim may be called so (RFC 9901 §7.1, step 3.c.ii). */
  static final Set<String> RESERVED = Set.of(SD, ITEM);

  private static final String SEPARATOR = "~";

  public SdJwt {
    disclosures = List.copyOf(disclosures);
  }

  /**
   * Takes the parts apart.
   *
   * @throws InvalidCredentialException {@code DISCLOSURE_INVALID}
   */
  public static SdJwt parse(String compact) throws InvalidCredentialException {
    if (compact.length() > StrictJws.MAX_CHARS) {
      throw invalid("it has more than " + StrictJws.MAX_CHARS + " characters");
    }
    String[] parts = compact.split(SEPARATOR, MAX_DISCLOSURES + 2 + 1);
    if (parts.length < 2 || parts.length > MAX_DISCLOSURES + 2) {
      throw invalid("it has no tilde, or more than " + MAX_DISCLOSURES + " disclosures");
    }
    String last = parts[parts.length - 1];
    List<String> disclosures = Arrays.asList(parts).subList(1, parts.length - 1);
    if (disclosures.stream().anyMatch(String::isEmpty)) {
      throw invalid("a disclosure is empty");
    }
    return new SdJwt(parts[0], disclosures, last.isEmpty() ? Optional.empty() : Optional.of(last));
  }

  /**
   * What of it the holder shows: those claims and what they stand in.
   *
   * @param shown asked for each hidden claim by its JSON Pointer (RFC 6901)
   * @throws InvalidCredentialException {@code DISCLOSURE_INVALID} where this is no SD-JWT
   */
  public SdJwt disclose(Predicate<String> shown) throws InvalidCredentialException {
    Unhidden all = Unhidden.of(unverifiedPayload(), disclosures);
    Set<String> wanted =
        all.paths().entrySet().stream()
            .filter(entry -> shown.test(entry.getValue()))
            .flatMap(entry -> all.withParents(entry.getKey()))
            .collect(Collectors.toSet());
    return new SdJwt(
        issued, disclosures.stream().filter(wanted::contains).toList(), Optional.empty());
  }

  /**
   * What may be kept back: each hidden claim's value by its JSON Pointer.
   *
   * @throws InvalidCredentialException likewise
   */
  public Map<String, JsonNode> hidden() throws InvalidCredentialException {
    Map<String, JsonNode> hidden = new TreeMap<>();
    for (var entry : Unhidden.of(unverifiedPayload(), disclosures).paths().entrySet()) {
      hidden.put(entry.getValue(), Disclosure.parse(entry.getKey()).value());
    }
    return hidden;
  }

  /**
   * The key that the issuer names as the holder's ({@code cnf.jwk}); empty where there is none that
   * could be used.
   *
   * @throws InvalidCredentialException likewise
   */
  public Optional<VerificationKey> holderKey() throws InvalidCredentialException {
    return JwkKey.parse(unverifiedPayload().path("cnf").path("jwk"));
  }

  /** Everything before the holder's proof, of which that proof has the hash (§4.3.1). */
  String withoutKeyBinding() {
    return issued
        + disclosures.stream().map(d -> SEPARATOR + d).collect(Collectors.joining())
        + SEPARATOR;
  }

  private ObjectNode unverifiedPayload() throws InvalidCredentialException {
    String[] parts = issued.split("\\.", -1);
    if (parts.length != 3) {
      throw invalid("it begins with no JWT");
    }
    return org.earnest.credentials.model.SignableJson.read(decode(parts[1]));
  }

  /** As it travels. */
  @Override
  public String toString() {
    return withoutKeyBinding() + keyBinding.orElse("");
  }

  static byte[] decode(String text) throws InvalidCredentialException {
    try {
      byte[] bytes = java.util.Base64.getUrlDecoder().decode(text);
      if (Disclosure.encode(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException malformed) {
      // Answered below.
    }
    throw invalid("a part is not base64url");
  }

  /** Digests are of SHA-256 alone, which is meant where nothing is said (§4.1.1). */
  static void requireKnownHash(ObjectNode payload) throws InvalidCredentialException {
    JsonNode algorithm = payload.path(SD_ALG);
    if (!algorithm.isMissingNode() && !algorithm.asString("").equals("sha-256")) {
      throw invalid("_sd_alg must be sha-256");
    }
  }

  static InvalidCredentialException invalid(String detail) {
    return new InvalidCredentialException(
        CredentialRefusal.DISCLOSURE_INVALID, "SD-JWT: " + detail);
  }
}
