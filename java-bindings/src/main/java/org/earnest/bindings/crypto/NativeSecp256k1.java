package org.earnest.bindings.crypto;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.util.Arrays;
import java.util.Optional;

/** Bitcoin Core's libsecp256k1: several times as fast as Java at signing and recovering. */
final class NativeSecp256k1 implements Secp256k1Port {
  private final Secp256k1 library;

  /**
   * @throws LinkageError or a RuntimeException when the platform has no native library
   */
  NativeSecp256k1() {
    library = Secp256k1.get();
  }

  @Override
  public byte[] publicKey(byte[] privateKey) {
    return point(library.pubkeyCreate(privateKey));
  }

  @Override
  public byte[] sign(byte[] digest, byte[] privateKey) {
    return library.sign(digest, privateKey, null);
  }

  @Override
  public Optional<byte[]> recover(byte[] digest, byte[] signature, int recoveryId) {
    try {
      return Optional.of(point(library.ecdsaRecover(signature, digest, recoveryId)));
    } catch (Secp256k1Exception e) {
      return Optional.empty();
    }
  }

  private static byte[] point(byte[] uncompressed) {
    return Arrays.copyOfRange(uncompressed, 1, uncompressed.length);
  }
}
