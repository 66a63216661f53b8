package org.earnest.cli.did;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.did.key.PublicKeyMultibase;
import org.earnest.did.webvh.LogSigner;
import org.earnest.kit.process.StartupException;

/**
 * An Ed25519 key in a file of 32 bytes that its owner alone may read: what did:webvh signs logs
 * with. Keystores of wallets hold keys of accounts, which are of another curve.
 */
public final class UpdateKey implements LogSigner {
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private final LocalSigner signer;

  private UpdateKey(byte[] secret) {
    this.signer = LocalSigner.didKey(KeyType.ED25519, secret);
  }

  /**
   * The key in a file.
   *
   * @throws StartupException {@code update_key_missing}, {@code update_key_permissions} or {@code
   *     update_key_malformed}; none of them quotes the file
   */
  public static UpdateKey open(Path file) {
    try {
      if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
        throw new StartupException(
            "update_key_permissions",
            "others than its owner may read or write " + file,
            "Run chmod 600 " + file);
      }
      byte[] secret = Files.size(file) == KeyType.ED25519.secretBytes() ? read(file) : new byte[0];
      if (secret.length != KeyType.ED25519.secretBytes()) {
        throw new StartupException(
            "update_key_malformed",
            file + " holds no key of 32 bytes",
            "Name a file that ./earnest did create made");
      }
      return new UpdateKey(secret);
    } catch (NoSuchFileException missing) {
      throw new StartupException(
          "update_key_missing", "there is no file " + file, "Look at the name of the key's file");
    } catch (IOException unreadable) {
      throw new StartupException(
          "update_key_missing", file + " cannot be read", "Look at its permissions", unreadable);
    }
  }

  private static byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  /**
   * A new key in a new file.
   *
   * @throws StartupException {@code update_key_unwritable}
   */
  public static UpdateKey create(Path file) {
    byte[] secret = new byte[KeyType.ED25519.secretBytes()];
    new SecureRandom().nextBytes(secret);
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, secret);
    } catch (IOException refused) {
      throw new StartupException(
          "update_key_unwritable",
          "a key cannot be written to " + file,
          "Name a new file in a folder that you may write to",
          refused);
    }
    return new UpdateKey(secret);
  }

  @Override
  public PublicKeyMultibase key() {
    return PublicKeyMultibase.parse(signer.publicKeyMultibase());
  }

  @Override
  public byte[] sign(byte[] message) {
    return signer.sign(message);
  }
}
