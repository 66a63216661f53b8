package org.earnest.cli.command;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.cli.console.Console;
import org.earnest.cli.did.AccountKey;
import org.earnest.cli.did.PublishedFile;
import org.earnest.cli.did.UpdateKey;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.identity.Did;
import org.earnest.did.document.PublishedDocument;
import org.earnest.did.document.StrictJsonDocument;
import org.earnest.did.key.PublicKeyMultibase;
import org.earnest.did.webvh.WebvhController;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "rotate",
    description = {
      "Put another key in the place of an identity's.",
      "",
      "A did:ethr gets another owner by a transaction; did.json and did.jsonl are written",
      "anew, to be published."
    },
    mixinStandardHelpOptions = true)
final class DidRotateCommand extends Verb {
  @Mixin DidTarget target = new DidTarget();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The key that may do so now. Not needed where the log promised --new-key.")
  private @Nullable Path key;

  @Mixin PassphraseOption passphrase = new PassphraseOption();

  @Option(
      names = "--new-key",
      paramLabel = "FILE",
      description = "The next key of a file: a keystore, or for did.jsonl a new file to be made.")
  private @Nullable Path next;

  @Option(
      names = "--pre-rotation",
      paramLabel = "FILE",
      description = {
        "Promise the key in this file for the entry after that; it is made where there is none.",
        "Needed where the log promises its keys."
      })
  private @Nullable Path promised;

  @Option(
      names = "--new-passphrase-file",
      paramLabel = "FILE",
      description = "The passphrase of --new-key, where it is another than that of --key.")
  private @Nullable Path newPassphrase;

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      description = "The account that owns a did:ethr from now on.")
  private @Nullable String to;

  @Mixin RegistryOptions registry = new RegistryOptions();

  @Mixin JournalOptions journal = JournalOptions.ofIdentities();

  @Override
  Map<String, ?> perform(Console console) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    switch (target.which()) {
      case DidTarget.Which.OnChain(Did did) -> owner(did, figures, console);
      case DidTarget.Which.Log(Path file) -> log(new PublishedFile(file), figures, console);
      case DidTarget.Which.Document(Path file) ->
          document(new PublishedFile(file), figures, console);
    }
    return figures;
  }

  private void owner(Did did, Map<String, Object> figures, Console console) {
    if (to == null) {
      throw new StartupException(
          "new_owner_missing", "a did:ethr is given to an account", "Name it with --to");
    }
    EvmAddress owner = RegistryOptions.account(to);
    if (owner.isZero()) {
      throw new StartupException(
          "address_invalid", "nobody owns what is given to zero", "See ./earnest did deactivate");
    }
    try (Passphrase typed = passphrase.known()) {
      Optional<Hash32> transaction =
          registry.change(did).owner(owner, KeyShowCommand.open(key(), typed), journal.journal());
      console.say(
          transaction
              .map(hash -> did + " is owned by " + owner + " now, by " + hash)
              .orElse(did + " is owned by " + owner + " already; nothing was sent"));
      figures.put("did", did.value());
      figures.put("owner", owner.hex());
      figures.put("changed", transaction.isPresent());
      transaction.ifPresent(hash -> figures.put("transaction", hash.hex()));
    }
  }

  private Path key() {
    if (key == null) {
      throw new StartupException(
          "key_missing", "the key that may do so now is needed", "Name its file with --key");
    }
    return key;
  }

  private Path next() {
    if (next == null) {
      throw new StartupException(
          "new_key_missing", "another key is needed", "Name its file with --new-key");
    }
    return next;
  }

  private void log(PublishedFile file, Map<String, Object> figures, Console console) {
    String text = file.text();
    Optional<UpdateKey> old = Optional.ofNullable(key).map(UpdateKey::open);
    Path path = next();
    UpdateKey fresh = LogTermsOptions.key(path);
    List<PublicKeyMultibase> after = LogTermsOptions.promised(promised);
    WebvhController.Published log =
        written(
            () ->
                new WebvhController(old.orElse(fresh), InstantSource.system())
                    .rotate(text, fresh, after));
    file.replace(log.text());
    told(log.did().value(), file, figures, console);
  }

  private void document(PublishedFile file, Map<String, Object> figures, Console console) {
    String text = file.text();
    LocalSigner old;
    LocalSigner fresh;
    try (Passphrase typed = passphrase.known()) {
      old = KeyShowCommand.open(key(), typed);
      fresh = newPassphrase == null ? KeyShowCommand.open(next(), typed) : opened(newPassphrase);
    }
    ObjectNode document =
        written(
            () ->
                PublishedDocument.rotated(
                    StrictJsonDocument.read(text), AccountKey.of(old), AccountKey.of(fresh)));
    file.replace(document.toPrettyString() + "\n");
    told(document.path("id").asString(""), file, figures, console);
  }

  private LocalSigner opened(Path file) {
    try (Passphrase other = PassphraseOption.read(file)) {
      return KeyShowCommand.open(next(), other);
    }
  }

  /** What a file does not allow is its owner's to know. */
  static <T> T written(java.util.function.Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException refused) {
      throw new StartupException(
          "change_refused",
          "the file is not changed: " + refused.getMessage(),
          "Name the file as it was published last, and the key that it lists");
    }
  }

  private static void told(
      String did, PublishedFile file, Map<String, Object> figures, Console console) {
    figures.put("did", did);
    figures.put("file", file.path().toString());
    console.say(did + " has another key. Publish " + file.path() + " in the place of the old one.");
  }
}
