package org.earnest.cli.command;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.cli.issuer.RandomPassphrase;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a keystore's passphrase comes from: a file, or whoever sits at the terminal. */
final class PassphraseOption {
  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = {
        "Take the passphrase from this file's first line instead of asking for it.",
        "Nobody but you should be able to read it."
      })
  private @Nullable Path file;

  /**
   * The passphrase of what is there.
   *
   * @throws StartupException {@code passphrase_unreadable} or {@code passphrase_missing}
   */
  Passphrase known() {
    return file == null ? asked("Passphrase: ") : read(file);
  }

  /**
   * A new one, which is asked for twice.
   *
   * @throws StartupException as well {@code passphrase_mistyped}
   */
  Passphrase fresh() {
    if (file != null) {
      return read(file);
    }
    Passphrase first = asked("Passphrase of the new key: ");
    try (Passphrase second = asked("The same again: ")) {
      if (!first.matches(second)) {
        first.close();
        throw new StartupException(
            "passphrase_mistyped", "the two passphrases differ", "Start again");
      }
      return first;
    }
  }

  /**
   * A new one. Where a file is named that is not there, a random one is written to it.
   *
   * @throws StartupException as well {@code passphrase_unwritable}
   */
  Passphrase freshOrRandom(org.earnest.cli.console.Console told) {
    if (file != null && !Files.exists(file)) {
      try {
        RandomPassphrase.write(file);
      } catch (IOException refused) {
        throw new StartupException(
            "passphrase_unwritable",
            "a passphrase cannot be written to " + file,
            "Name a file in a folder that you may write to",
            refused);
      }
      told.warn("a random passphrase is in " + file + "; keep it apart from the keys");
    }
    return fresh();
  }

  static Passphrase read(Path file) {
    try {
      return Passphrase.read(file);
    } catch (IOException unreadable) {
      throw new StartupException(
          "passphrase_unreadable",
          "the passphrase in " + file + " cannot be read",
          "Name a file that you may read, with the passphrase in its first line",
          unreadable);
    }
  }

  @SuppressWarnings("SystemConsoleNull") // it is null where JDK 21 finds no terminal
  private static Passphrase asked(String prompt) {
    Console terminal = System.console();
    char[] typed = terminal == null ? null : terminal.readPassword(prompt);
    if (typed == null) {
      throw new StartupException(
          "passphrase_missing",
          "there is no terminal to ask for the passphrase",
          "Put it into a file, and name that with --passphrase-file");
    }
    return Passphrase.of(typed);
  }
}
