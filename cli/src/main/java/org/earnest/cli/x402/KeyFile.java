package org.earnest.cli.x402;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.EvmSigner;
import org.earnest.kit.process.StartupException;

/** A private key in a file: {@code 0x} and 64 digits, for its owner's eyes only. */
public final class KeyFile {
  private static final long MAX_BYTES = 256;

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private KeyFile() {}

  /** Whether it is an encrypted keystore, which is a JSON object. */
  public static boolean isKeystore(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      return new String(stream.readNBytes((int) MAX_BYTES), StandardCharsets.UTF_8)
          .stripLeading()
          .startsWith("{");
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * The signer of the key.
   *
   * @throws StartupException {@code key_missing}, {@code key_readable_by_others}, {@code
   *     key_invalid}; none of them quotes the file
   */
  public static EvmSigner read(Path file) {
    try {
      if (Files.getFileStore(file).supportsFileAttributeView("posix")
          && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
        throw new StartupException(
            "key_readable_by_others",
            "others than its owner may read or write the key " + file,
            "Run chmod 600 " + file);
      }
      if (Files.size(file) > MAX_BYTES) {
        throw invalid(file);
      }
      return LocalSigner.of(Files.readString(file).strip());
    } catch (NoSuchFileException missing) {
      throw new StartupException(
          "key_missing", "there is no key file " + file, "Make one: ./earnest key new " + file);
    } catch (IOException unreadable) {
      throw new StartupException(
          "key_missing", "the key file " + file + " cannot be read", "Look at its permissions");
    } catch (IllegalArgumentException malformed) {
      throw invalid(file);
    }
  }

  private static StartupException invalid(Path file) {
    return new StartupException(
        "key_invalid",
        "the key file " + file + " holds no private key",
        "It must be a keystore, or hold 0x and 64 digits and nothing else");
  }
}
