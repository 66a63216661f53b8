package org.earnest.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.earnest.cli.console.Console;
import org.earnest.cli.did.PublishedFile;
import org.earnest.cli.did.UpdateKey;
import org.earnest.did.webvh.WebvhWitness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "witness",
    description = {
      "Approve a did:webvh's log as one of its witnesses.",
      "",
      "Looks at the whole log first, and writes did-witness.json beside it, to be published.",
      "A witness approves what it has seen: keep its key where the log's keys are not."
    },
    mixinStandardHelpOptions = true)
final class DidWitnessCommand extends Verb {
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(paramLabel = "LOG", description = "The did.jsonl.")
  private Path log;

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The witness' key; a new one is made where there is no such file.")
  private Path key;

  @Override
  Map<String, ?> perform(Console console) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    boolean fresh = !Files.exists(key);
    UpdateKey signer = LogTermsOptions.key(key);
    String did = "did:key:" + signer.key();
    figures.put("witness", did);
    if (fresh) {
      console.say(did + " is a new witness; name it with --witness when the log is made.");
      return figures;
    }
    PublishedFile proofs = new PublishedFile(log.resolveSibling("did-witness.json"));
    Optional<String> before =
        Files.exists(proofs.path()) ? Optional.of(proofs.text()) : Optional.empty();
    String text = new PublishedFile(log).text();
    WebvhWitness witness = new WebvhWitness(signer, InstantSource.system());
    String after = DidRotateCommand.written(() -> witness.approve(text, before));
    if (before.isPresent()) {
      proofs.replace(after);
    } else {
      proofs.create(after);
    }
    figures.put("file", proofs.path().toString());
    console.say(did + " approves. Publish " + proofs.path() + " beside the log.");
    return figures;
  }
}
