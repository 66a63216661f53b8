package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.signer.Keystore;
import org.earnest.bindings.signer.KeystoreRefusal;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.cli.console.Console;
import org.earnest.cli.x402.KeyFile;
import org.earnest.core.chain.EvmSigner;
import org.earnest.kit.process.StartupException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = "Open a key's file, and print the key's address.",
    mixinStandardHelpOptions = true)
final class KeyShowCommand extends Verb {
  @Mixin PassphraseOption passphrase = new PassphraseOption();

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(paramLabel = "FILE", description = "A keystore.")
  private Path file;

  @Override
  Map<String, ?> perform(Console console) {
    try (Passphrase typed = passphrase.known()) {
      String address = ChecksumAddress.of(open(file, typed).address());
      console.say(address);
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("ok", true);
      figures.put("address", address);
      figures.put("file", file.toString());
      return figures;
    }
  }

  /**
   * The key in a file.
   *
   * @throws StartupException with the code of the refusal
   */
  static LocalSigner open(Path file, Passphrase passphrase) {
    return switch (Keystore.open(file, passphrase)) {
      case Keystore.Opening.Opened opened -> opened.signer();
      case Keystore.Opening.Refused refused -> throw refused(file, refused.refusal());
    };
  }

  /** The key in a keystore, or in a file that holds nothing else. */
  static EvmSigner signer(Path file, PassphraseOption passphrase) {
    if (!KeyFile.isKeystore(file)) {
      return KeyFile.read(file);
    }
    try (Passphrase typed = passphrase.known()) {
      return open(file, typed);
    }
  }

  static StartupException refused(Path file, KeystoreRefusal refusal) {
    return new StartupException(refusal.code(), file + ": " + refusal.problem(), refusal.remedy());
  }
}
