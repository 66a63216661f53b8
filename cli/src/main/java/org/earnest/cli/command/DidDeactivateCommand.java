package org.earnest.cli.command;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.cli.console.Console;
import org.earnest.cli.did.PublishedFile;
import org.earnest.cli.did.UpdateKey;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.identity.Did;
import org.earnest.did.webvh.WebvhController;
import org.earnest.kit.process.StartupException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "deactivate",
    description = {
      "Give an identity up, for ever.",
      "",
      "A did:ethr by a transaction, a did:webvh by a last entry of its log. A did:web ends",
      "when its file is taken off the web."
    },
    mixinStandardHelpOptions = true)
final class DidDeactivateCommand extends Verb {
  @Mixin DidTarget target = new DidTarget();

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The key that may do so.")
  private Path key;

  @Mixin PassphraseOption passphrase = new PassphraseOption();

  @Option(names = "--yes", description = "Really. Nobody can undo it.")
  private boolean sure;

  @Mixin RegistryOptions registry = new RegistryOptions();

  @Mixin JournalOptions journal = JournalOptions.ofIdentities();

  @Override
  Map<String, ?> perform(Console console) {
    DidTarget.Which which = target.which();
    if (which instanceof DidTarget.Which.Document) {
      throw new StartupException(
          "did_web_file",
          "a did:web has no word for its end",
          "Take did.json off the web; a resolver then answers that there is none");
    }
    if (!sure) {
      throw new StartupException(
          "confirmation_missing", "nobody can undo this", "Say --yes if you mean it");
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    switch (which) {
      case DidTarget.Which.OnChain(Did did) -> giveUp(did, figures, console);
      case DidTarget.Which.Log(Path file) -> end(new PublishedFile(file), figures, console);
      case DidTarget.Which.Document other -> throw new IllegalStateException("refused above");
    }
    return figures;
  }

  private void giveUp(Did did, Map<String, Object> figures, Console console) {
    try (Passphrase typed = passphrase.known()) {
      Optional<Hash32> transaction =
          registry
              .change(did)
              .owner(EvmAddress.ZERO, KeyShowCommand.open(key, typed), journal.journal());
      console.say(
          transaction
              .map(hash -> did + " is given up, by " + hash)
              .orElse(did + " was given up before; nothing was sent"));
      figures.put("did", did.value());
      figures.put("changed", transaction.isPresent());
      transaction.ifPresent(hash -> figures.put("transaction", hash.hex()));
    }
  }

  private void end(PublishedFile file, Map<String, Object> figures, Console console) {
    String text = file.text();
    UpdateKey signer = UpdateKey.open(key);
    WebvhController.Published log =
        DidRotateCommand.written(
            () -> new WebvhController(signer, InstantSource.system()).deactivate(text));
    file.replace(log.text());
    console.say(log.did() + " is given up once you publish " + file.path());
    figures.put("did", log.did().value());
    figures.put("file", file.path().toString());
  }
}
