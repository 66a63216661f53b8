package org.earnest.cli.issuer;

import java.net.URI;
import java.nio.file.Path;
import org.earnest.credentials.custody.Stretching;
import org.earnest.credentials.custody.TransitKeys;

/** Where the private keys of a folder live, as it was chosen when the folder was made. */
public sealed interface Custody {
  /** In encrypted files of the folder. */
  record Files(Stretching passphrase) implements Custody {}

  /**
   * On a PKCS #11 token.
   *
   * @param slot the number of the slot that the token is in
   */
  record Token(Path library, long slot) implements Custody {}

  /**
   * In Vault's transit engine, or another that speaks its API.
   *
   * @param token a file with the token
   */
  record Transit(URI engine, Path token) implements Custody {
    /** Refuses a URL that a token must not be sent to. */
    public Transit {
      TransitKeys.at(engine, token).close();
    }
  }
}
