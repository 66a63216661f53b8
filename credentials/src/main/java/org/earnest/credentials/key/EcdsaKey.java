package org.earnest.credentials.key;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/** A public key of P-256 or P-384. */
final class EcdsaKey implements VerificationKey {
  private final KeyType type;
  private final ECPublicKeyParameters key;
  private final String multibase;

  private EcdsaKey(KeyType type, ECPublicKeyParameters key, String multibase) {
    this.type = type;
    this.key = key;
    this.multibase = multibase;
  }

  static Optional<EcdsaKey> of(KeyType type, byte[] compressed) {
    if (compressed.length != type.publicBytes()) {
      return Optional.empty();
    }
    try {
      var domain = Curves.of(type);
      return Optional.of(
          new EcdsaKey(
              type,
              // Refuses infinity; a compressed point is on its curve or none.
              new ECPublicKeyParameters(domain.getCurve().decodePoint(compressed), domain),
              Base58Btc.encode(type.codec().encode(compressed))));
    } catch (IllegalArgumentException noPoint) {
      return Optional.empty();
    }
  }

  @Override
  public KeyType type() {
    return type;
  }

  @Override
  public String multibase() {
    return multibase;
  }

  @Override
  public boolean verifies(byte[] message, byte[] signature) {
    if (signature.length != type.signatureBytes()) {
      return false;
    }
    int half = signature.length / 2;
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, key);
    return verifier.verifySignature(
        type.hash(message),
        new BigInteger(1, Arrays.copyOfRange(signature, 0, half)),
        new BigInteger(1, Arrays.copyOfRange(signature, half, signature.length)));
  }
}
