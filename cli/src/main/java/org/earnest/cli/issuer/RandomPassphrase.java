package org.earnest.cli.issuer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.earnest.bindings.signer.OwnersFile;

/** A passphrase that nobody has to think of, as nobody has to type it. */
public final class RandomPassphrase {
  private static final int BYTES = 32;

  private RandomPassphrase() {}

  /**
   * Writes one to a new file that its owner alone may read.
   *
   * @throws java.nio.file.FileAlreadyExistsException when something has its name
   */
  public static void write(Path file) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    OwnersFile.create(file, HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII));
  }
}
