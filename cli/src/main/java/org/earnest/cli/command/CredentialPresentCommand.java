package org.earnest.cli.command;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.cli.console.Console;
import org.earnest.cli.credential.CredentialFormat;
import org.earnest.cli.credential.Issuing;
import org.earnest.cli.credential.Remedies;
import org.earnest.cli.credential.SecuredText;
import org.earnest.cli.did.PublishedFile;
import org.earnest.cli.issuer.IssuerFolder;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.Expected;
import org.earnest.credentials.Holder;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.sdjwt.KeyBinding;
import org.earnest.credentials.sdjwt.SdJwt;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "present",
    description = {
      "Show credentials to somebody who asks, by a proof for that asker alone.",
      "",
      "Of an SD-JWT, only what --disclose names is shown."
    },
    footer = {
      "",
      "Examples:",
      "  ./earnest credential present credential.json --holder-keys holder \\",
      "      --challenge 7f3a --domain shop.example",
      "  ./earnest credential present credential.jwt --format vp+jwt --holder-keys holder \\",
      "      --challenge 7f3a --domain shop.example",
      "  ./earnest credential present credential.sd-jwt --disclose /standard"
    },
    mixinStandardHelpOptions = true)
final class CredentialPresentCommand extends Verb {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final String JWT = "vp+jwt";

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "What is shown.")
  private List<String> files = new ArrayList<>();

  @Mixin SigningKeyOption key = new SigningKeyOption();

  @Option(
      names = "--challenge",
      paramLabel = "TEXT",
      description = "What was asked; an SD-JWT's nonce.")
  private @Nullable String challenge;

  @Option(names = "--domain", paramLabel = "TEXT", description = "Who asks; an SD-JWT's audience.")
  private @Nullable String domain;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "vp+jwt: a JWT, in place of JSON with a proof.")
  private @Nullable String format;

  @Option(
      names = "--disclose",
      paramLabel = "POINTER",
      description = "A claim of an SD-JWT to be shown, as a JSON Pointer. May be repeated.")
  private List<String> disclosed = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "A new file for it. Default: standard output.")
  private @Nullable Path out;

  @Override
  Map<String, ?> perform(Console console) {
    requireKnownFormat();
    if (out != null) {
      new PublishedFile(out).requireNew();
    }
    List<SecuredText> shown = files.stream().map(CredentialInput::secured).toList();
    String presented;
    try {
      presented =
          shown.size() == 1 && shown.getFirst() instanceof SecuredText.SelectiveJwt selective
              ? selected(selective.parts())
              : presentation(shown);
    } catch (InvalidCredentialException malformed) {
      throw Remedies.refusal(malformed.refusal(), malformed.detail());
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("presentation", presented);
    if (out == null) {
      console.say(presented);
    } else {
      new PublishedFile(out).create(presented + "\n");
      figures.put("file", out.toString());
      console.say("What is shown is in " + out);
    }
    return figures;
  }

  private void requireKnownFormat() {
    if (format != null && !format.equals(JWT)) {
      throw new StartupException(
          "format_unknown",
          format + " is no format of presentations here",
          "Take " + JWT + ", or leave --format out for JSON with a proof");
    }
  }

  private String selected(SdJwt whole) throws InvalidCredentialException {
    if (format != null) {
      throw new ParameterException(
          spec.commandLine(), "an SD-JWT is shown as it is, without --format");
    }
    Set<String> hidden = new HashSet<>();
    SdJwt shown = whole.disclose(pointer -> hidden.add(pointer) && disclosed.contains(pointer));
    List<String> mistyped = disclosed.stream().filter(one -> !hidden.contains(one)).toList();
    if (!mistyped.isEmpty()) {
      throw new InvalidCredentialException(
          CredentialRefusal.SELECTION_INVALID,
          "--disclose: no claim that is kept back is at " + String.join(", ", mistyped));
    }
    if (challenge == null && domain == null) {
      return shown.toString();
    }
    if (challenge == null || domain == null) {
      throw new ParameterException(
          spec.commandLine(), "an SD-JWT is shown with --challenge and --domain, or with neither");
    }
    VerificationKey holder = whole.holderKey().orElseThrow(CredentialPresentCommand::nobodys);
    try (IssuerFolder keys = key.known()) {
      return new KeyBinding(domain, challenge)
          .bind(shown, key.signer(keys, holder), CLOCK.instant())
          .toString();
    }
  }

  private static StartupException nobodys() {
    return new StartupException(
        "holder_unnamed",
        "the SD-JWT names no key (cnf.jwk) that a holder could prove to hold",
        "Show it without --challenge and --domain, or have it issued to a did:key");
  }

  private String presentation(List<SecuredText> shown) throws InvalidCredentialException {
    if (!disclosed.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--disclose is for one SD-JWT alone");
    }
    List<ObjectNode> credentials = new ArrayList<>();
    for (SecuredText one : shown) {
      credentials.add(
          switch (one) {
            case SecuredText.Json json -> json.object();
            case SecuredText.Jwt jwt -> jwt.enveloped().object();
            case SecuredText.SelectiveJwt selective ->
                throw new ParameterException(spec.commandLine(), "an SD-JWT is shown by itself");
          });
    }
    Expected asked = new Expected(Optional.ofNullable(challenge), Optional.ofNullable(domain));
    try (IssuerFolder keys = key.known()) {
      DidSigner signer = key.signer(keys, List.of(KeyType.values()));
      CredentialFormat usual = CredentialFormat.usualOf(signer.jwsAlgorithm());
      Holder holder = new Issuing(signer, usual, CLOCK).holder();
      return format == null
          ? made(holder.present(credentials, asked)).toPrettyString()
          : SecuredText.enveloped(made(holder.presentJwt(credentials, asked)));
    }
  }

  private static ObjectNode made(IssueOutcome outcome) {
    return switch (outcome) {
      case IssueOutcome.Issued issued -> issued.credential();
      case IssueOutcome.Refused refused ->
          throw Remedies.refusal(refused.refusal(), refused.detail());
    };
  }
}
