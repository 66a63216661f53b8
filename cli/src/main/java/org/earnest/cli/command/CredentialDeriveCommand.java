package org.earnest.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.earnest.cli.console.Console;
import org.earnest.cli.credential.Issuing;
import org.earnest.cli.credential.Remedies;
import org.earnest.cli.did.PublishedFile;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.SelectiveDisclosure;
import org.earnest.credentials.model.SignableJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "derive",
    description = {
      "Make the part of a credential that its holder shows, of one signed by ecdsa-sd-2023.",
      "",
      "What the issuer made mandatory is shown beside what is named. No key is needed, and",
      "nothing is verified; whoever is shown the part does that."
    },
    footer = {
      "",
      "Example:",
      "  ./earnest credential derive credential.json --disclose /credentialSubject/standard"
    },
    mixinStandardHelpOptions = true)
final class CredentialDeriveCommand extends Verb {
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(
      paramLabel = "FILE",
      description = "The credential as it was issued, or - for standard input.")
  private String file;

  @Option(
      names = "--disclose",
      paramLabel = "POINTER",
      description = "What is shown, as a JSON Pointer. May be repeated.")
  private List<String> disclosed = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "A new file for it. Default: standard output.")
  private @Nullable Path out;

  @Override
  Map<String, ?> perform(Console console) {
    String shown = derived();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("credential", shown);
    if (out == null) {
      console.say(shown);
    } else {
      new PublishedFile(out).create(shown + "\n");
      figures.put("file", out.toString());
      console.say("What is shown is in " + out);
    }
    return figures;
  }

  private String derived() {
    byte[] whole = SignableJson.write(CredentialInput.object(file)).getBytes(UTF_8);
    return switch (new SelectiveDisclosure(Issuing.CONTEXTS).derive(whole, disclosed)) {
      case IssueOutcome.Issued issued -> issued.credential().toPrettyString();
      case IssueOutcome.Refused refused ->
          throw Remedies.refusal(refused.refusal(), refused.detail());
    };
  }
}
