package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.bindings.signer.Keystore;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "new",
    description = "Make a key, and write it to a new file that only you may read.",
    mixinStandardHelpOptions = true)
final class KeyNewCommand extends Verb {
  @Mixin PassphraseOption passphrase = new PassphraseOption();

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(paramLabel = "FILE", description = "The file; one that is there is left alone.")
  private Path file;

  @Override
  Map<String, ?> perform(Console console) {
    try (Passphrase typed = passphrase.fresh()) {
      return switch (Keystore.create(file, typed)) {
        case Keystore.Writing.Refused refused ->
            throw KeyShowCommand.refused(file, refused.refusal());
        case Keystore.Writing.Written written -> {
          String address = ChecksumAddress.of(written.address());
          console.say(address + " is in " + file);
          console.say("Keep the file and the passphrase: nobody can make either again.");
          Map<String, Object> figures = new LinkedHashMap<>();
          figures.put("ok", true);
          figures.put("address", address);
          figures.put("file", file.toString());
          yield figures;
        }
      };
    }
  }
}
