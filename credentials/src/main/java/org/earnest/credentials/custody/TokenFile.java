package org.earnest.credentials.custody;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.earnest.bindings.signer.OwnersFile;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.core.chain.SignerUnavailableException;

/** A token of a remote signer, in the first line of a file that its owner alone may read. */
record TokenFile(Path path) {
  /** What a header can carry. */
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

  /**
   * The token as it is now.
   *
   * @throws SignerUnavailableException when there is none, or others may read it
   */
  String token() {
    try (Passphrase line = Passphrase.read(path)) {
      if (OwnersFile.isOpenToOthers(path)) {
        throw new SignerUnavailableException("others than its owner may read " + path);
      }
      char[] characters = line.characters();
      String token = new String(characters);
      Arrays.fill(characters, '\0');
      if (!VISIBLE.matcher(token).matches()) {
        throw new SignerUnavailableException("there is no token in the first line of " + path);
      }
      return token;
    } catch (IOException unreadable) {
      throw new SignerUnavailableException("the token in " + path + " cannot be read", unreadable);
    }
  }
}
