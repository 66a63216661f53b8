package org.earnest.cli.command;

import java.net.URI;
import java.nio.file.Path;
import org.earnest.cli.issuer.Custody;
import org.earnest.credentials.custody.Stretching;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the private keys of a new folder live. */
final class CustodyOptions {
  @Option(
      names = "--pkcs11",
      paramLabel = "LIBRARY",
      description = {
        "Keep the private keys on a token, by its PKCS #11 library; its PIN takes the",
        "passphrase's place. P-256 and P-384 alone."
      })
  private @Nullable Path library;

  @Option(names = "--slot", paramLabel = "N", description = "The slot that the token is in.")
  private @Nullable Long slot;

  @Option(
      names = "--transit",
      paramLabel = "URL",
      description = {
        "Keep them in Vault's transit engine, or another with its API:",
        "https://vault.example:8200/v1/transit."
      })
  private @Nullable String engine;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The engine's token, in the first line of a file that only you may read.")
  private @Nullable Path token;

  boolean isGiven() {
    return library != null || engine != null;
  }

  /**
   * What was chosen.
   *
   * @throws StartupException {@code custody_invalid}
   */
  Custody custody() {
    if (library != null && engine == null && slot != null) {
      return new Custody.Token(library, slot);
    }
    if (engine != null && library == null && token != null) {
      return transit(engine, token);
    }
    if (isGiven()) {
      throw invalid("a token has a --slot, and a remote signer a --token-file; it is one of them");
    }
    return new Custody.Files(Stretching.TYPED);
  }

  private static Custody transit(String engine, Path token) {
    try {
      return new Custody.Transit(URI.create(engine), token);
    } catch (IllegalArgumentException malformed) {
      throw invalid("--transit: " + malformed.getMessage());
    }
  }

  private static StartupException invalid(String problem) {
    return new StartupException(
        "custody_invalid",
        problem,
        "Name --pkcs11 LIBRARY --slot N, or --transit URL --token-file FILE, or none of these");
  }
}
