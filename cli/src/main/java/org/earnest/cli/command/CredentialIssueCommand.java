package org.earnest.cli.command;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.earnest.cli.console.Console;
import org.earnest.cli.credential.CredentialFormat;
import org.earnest.cli.credential.CredentialHouse;
import org.earnest.cli.credential.Issuing;
import org.earnest.cli.credential.Remedies;
import org.earnest.cli.credential.StatusFolder;
import org.earnest.cli.did.PublishedFile;
import org.earnest.cli.issuer.IssuerFolder;
import org.earnest.cli.x402.Addresses;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.selective.Pointers;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "issue",
    description = {
      "Sign a credential: one in a JSON file, or one that --type makes.",
      "",
      "With --lists it can be revoked: the folder gets a status list to publish. With --url",
      "the house signs as itself."
    },
    footer = {
      "",
      "Examples:",
      "  ./earnest credential issue --issuer-keys issuer --type certification \\",
      "      --subject did:web:agent.example --standard \"ISO 26262\" --level ASIL-B",
      "  ./earnest credential issue draft.json --issuer-keys issuer --format vc+jwt --out a.jwt",
      "  ./earnest credential issue draft.json --url http://127.0.0.1:8402 --revocable"
    },
    mixinStandardHelpOptions = true)
final class CredentialIssueCommand extends Verb {
  private static final InstantSource CLOCK = InstantSource.system();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The unsigned credential, or - for standard input; or use --type.")
  private @Nullable String file;

  @Mixin SigningKeyOption key = new SigningKeyOption();

  @Mixin CredentialDraftOptions draft = new CredentialDraftOptions();

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = {
        "eddsa-jcs-2022, eddsa-rdfc-2022, ecdsa-jcs-2019, ecdsa-rdfc-2019, ecdsa-sd-2023, vc+jwt",
        "or sd-jwt.",
        "Default: what the key signs in eddsa-jcs-2022 or ecdsa-jcs-2019."
      })
  private @Nullable String format;

  @Option(
      names = "--mandatory",
      paramLabel = "POINTER",
      description = {
        "What a holder always shows of ecdsa-sd-2023, such as /credentialSubject/id; issuer,",
        "times and status are so anyway. May be repeated."
      })
  private List<String> mandatory = new ArrayList<>();

  @Option(
      names = "--lists",
      paramLabel = "DIR",
      description = "Make it revocable: the folder of this issuer's status lists.")
  private @Nullable Path lists;

  @Option(
      names = "--publish-at",
      paramLabel = "URL",
      description = "Where its folder published will be published; needed once.")
  private @Nullable String publishAt;

  @Option(
      names = "--suspendable",
      description = "With --lists or --url: it can be suspended for a time, too.")
  private boolean suspendable;

  @Option(names = "--revocable", description = "With --url: the house keeps its status.")
  private boolean revocable;

  @Mixin CredentialHouseOptions house = new CredentialHouseOptions();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "A new file for the signed credential. Default: standard output.")
  private @Nullable Path out;

  @Override
  Map<String, ?> perform(Console console) {
    if ((file == null) == !draft.isGiven()) {
      throw new ParameterException(
          spec.commandLine(), "either a FILE is signed, or what --type makes");
    }
    return house.url().isPresent() ? byHouse(house.url().get(), console) : here(console);
  }

  private Map<String, ?> here(Console console) {
    Optional<CredentialFormat> wanted = format();
    Pointers always = mandatory(wanted);
    List<KeyType> able =
        wanted.map(CredentialFormat::keys).orElseGet(() -> List.of(KeyType.values()));
    requireListsNamed();
    Optional<ObjectNode> given = given();
    key.rehearsing(able).ifPresent(signer -> rehearse(judged(signer, wanted, given), always));
    try (IssuerFolder keys = key.knownOrNew(able, console)) {
      return by(judged(key.signer(keys, able), wanted, given), always, console);
    }
  }

  /** A new key stays behind, so that it is made once nothing else is left to refuse. */
  private static void rehearse(Judged judged, Pointers always) {
    judged.issuing().sign(judged.credential(), List.of(), always);
  }

  /** What can be signed by whom. */
  private record Judged(
      DidSigner signer, CredentialFormat format, Issuing issuing, ObjectNode credential) {}

  private Judged judged(
      DidSigner signer, Optional<CredentialFormat> wanted, Optional<ObjectNode> given) {
    CredentialFormat chosen =
        wanted.orElseGet(() -> CredentialFormat.usualOf(signer.jwsAlgorithm()));
    Issuing issuing = new Issuing(signer, chosen, CLOCK);
    ObjectNode credential = unsigned(given, Optional.of(signer.verificationMethod().did()));
    issuing.require(credential);
    requireNewFile();
    folder().ifPresent(folder -> folder.require(publishedAt(), signer));
    return new Judged(signer, chosen, issuing, credential);
  }

  private Map<String, ?> by(Judged judged, Pointers always, Console console) {
    DidSigner signer = judged.signer();
    Issuing issuing = judged.issuing();
    String id = id(judged.credential());
    List<StatusFolder.Place> places =
        folder()
            .map(folder -> folder.take(issuing.lists(suspendable), id, publishedAt(), signer))
            .orElse(List.of());
    String signed = issuing.sign(judged.credential(), places, always);
    folder().ifPresent(folder -> folder.publish(issuing.issuer(), signer));
    String issuer = signer.verificationMethod().did().value();
    return told(issuer, id, judged.format().label(), signed, console);
  }

  /** Found before a place is taken, which is never given back. */
  private void requireNewFile() {
    if (out != null) {
      new PublishedFile(out).requireNew();
    }
  }

  private void requireListsNamed() {
    if (lists == null && (suspendable || revocable)) {
      throw new ParameterException(
          spec.commandLine(), "--revocable and --suspendable need --lists or --url");
    }
  }

  private Optional<StatusFolder> folder() {
    return Optional.ofNullable(lists).map(folder -> new StatusFolder(folder, CLOCK));
  }

  private Optional<URI> publishedAt() {
    return Optional.ofNullable(publishAt).map(Addresses::parse);
  }

  /** Read once: standard input is there no second time. */
  private Optional<ObjectNode> given() {
    return Optional.ofNullable(file).map(CredentialInput::object);
  }

  /** Whatever has no id gets one: by it a credential is revoked. */
  private ObjectNode unsigned(Optional<ObjectNode> given, Optional<Did> issuer) {
    ObjectNode credential =
        given.map(ObjectNode::deepCopy).orElseGet(() -> draft.credential(issuer, CLOCK.instant()));
    String member = credential.has("vct") ? "jti" : "id";
    if (!credential.has(member)) {
      credential.put(member, "urn:uuid:" + UUID.randomUUID());
    }
    return credential;
  }

  private static String id(ObjectNode credential) {
    return credential.path(credential.has("vct") ? "jti" : "id").asString("");
  }

  private Optional<CredentialFormat> format() {
    if (format == null) {
      return mandatory.isEmpty() ? Optional.empty() : Optional.of(CredentialFormat.ECDSA_SD_2023);
    }
    return Optional.of(
        CredentialFormat.of(format)
            .orElseThrow(
                () ->
                    new StartupException(
                        "format_unknown",
                        format + " is no format of credentials here",
                        "Take one of " + CredentialFormat.labels())));
  }

  private Pointers mandatory(Optional<CredentialFormat> format) {
    if (!mandatory.isEmpty() && !format.equals(Optional.of(CredentialFormat.ECDSA_SD_2023))) {
      throw new ParameterException(
          spec.commandLine(), "--mandatory is of --format ecdsa-sd-2023 alone");
    }
    try {
      return Pointers.of(mandatory);
    } catch (InvalidCredentialException malformed) {
      throw Remedies.refusal(malformed.refusal(), malformed.detail());
    }
  }

  private Map<String, ?> byHouse(URI address, Console console) {
    if (!mandatory.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--mandatory is for keys here; a house takes it over HTTP");
    }
    CredentialHouse asked = new CredentialHouse(address, house.token());
    ObjectNode credential = unsigned(given(), Optional.empty());
    requireNewFile();
    String signed = asked.issue(credential, revocable, suspendable, Optional.ofNullable(format));
    return told(address.toString(), id(credential), String.valueOf(format), signed, console);
  }

  private Map<String, ?> told(
      String issuer, String id, String label, String signed, Console console) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("id", id);
    figures.put("issuer", issuer);
    figures.put("format", label);
    figures.put("credential", signed);
    if (out == null) {
      console.say(signed);
      return figures;
    }
    new PublishedFile(out).create(signed + "\n");
    figures.put("file", out.toString());
    console.say("%s, signed by %s, is in %s".formatted(id, issuer, out));
    folder().ifPresent(folder -> console.say("Publish " + folder.published()));
    return figures;
  }
}
