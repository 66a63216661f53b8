package org.earnest.cli.did;

import java.util.Arrays;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.did.key.PublicKeyMultibase;
import org.earnest.did.key.PublicKeyType;

/** An account's public key as documents write it. */
public final class AccountKey {
  private static final int COORDINATE = 32;

  private AccountKey() {}

  /** Compressed: the sign of y, and x. */
  public static PublicKeyMultibase of(LocalSigner signer) {
    byte[] point = signer.publicKey();
    byte[] compressed = new byte[1 + COORDINATE];
    compressed[0] = (byte) (2 + (point[point.length - 1] & 1));
    System.arraycopy(Arrays.copyOf(point, COORDINATE), 0, compressed, 1, COORDINATE);
    return PublicKeyMultibase.of(PublicKeyType.SECP256K1, compressed);
  }
}
