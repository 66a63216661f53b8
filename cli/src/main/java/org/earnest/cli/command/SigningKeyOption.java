package org.earnest.cli.command;

import java.nio.file.Path;
import org.earnest.cli.did.UpdateKey;
import org.earnest.core.identity.DidSigner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose signature it is. */
final class SigningKeyOption {
  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = {
        "The Ed25519 key in this file, whose did:key is the signer.",
        "issue makes it where there is none."
      })
  private @Nullable Path file;

  boolean isGiven() {
    return file != null;
  }

  /**
   * The key that is there.
   *
   * @throws org.earnest.kit.process.StartupException {@code key_missing}, {@code update_key_…}
   */
  DidSigner known() {
    return UpdateKey.open(path()).didKey();
  }

  /** The key, made where there is none. */
  DidSigner knownOrNew() {
    return LogTermsOptions.key(path()).didKey();
  }

  private Path path() {
    if (file == null) {
      throw new org.earnest.kit.process.StartupException(
          "key_missing", "somebody must sign", "Name a key with --key FILE");
    }
    return file;
  }
}
