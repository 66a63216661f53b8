package org.earnest.cli.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;

/** The host's issuer: an Ed25519 key in the state directory, so that its did:key stays. */
public final class IssuerKey {
  private static final String FILE = "issuer.key";

  private IssuerKey() {}

  /**
   * The key, made where there is none.
   *
   * @throws StartupException {@code state_not_usable}
   */
  public static LocalSigner of(StateDirectory state) {
    Path file = state.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      byte[] secret = Files.readAllBytes(file);
      if (secret.length != KeyType.ED25519.secretBytes()) {
        throw new IOException(file + " is damaged");
      }
      return LocalSigner.didKey(KeyType.ED25519, secret);
    } catch (IOException refused) {
      throw new StartupException(
          "state_not_usable",
          "the issuer's key cannot be kept: " + refused.getMessage(),
          "Make the state directory writable, or begin anew with --fresh",
          refused);
    }
  }

  /** Whole or not at all: a half-written key would be another issuer. */
  private static void create(Path file) throws IOException {
    byte[] secret = new byte[KeyType.ED25519.secretBytes()];
    new SecureRandom().nextBytes(secret);
    Path draft = file.resolveSibling(FILE + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(draft, secret);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
