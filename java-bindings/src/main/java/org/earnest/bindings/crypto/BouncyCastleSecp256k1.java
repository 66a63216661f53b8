package org.earnest.bindings.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** The same in Java, for platforms without the native library. */
final class BouncyCastleSecp256k1 implements Secp256k1Port {
  private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256k1");
  private static final ECDomainParameters CURVE = new ECDomainParameters(PARAMETERS);
  private static final BigInteger ORDER = CURVE.getN();
  private static final int WORD = 32;

  @Override
  public byte[] publicKey(byte[] privateKey) {
    BigInteger scalar = new BigInteger(1, privateKey);
    return encode(new FixedPointCombMultiplier().multiply(CURVE.getG(), scalar));
  }

  @Override
  public byte[] sign(byte[] digest, byte[] privateKey) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, privateKey), CURVE));
    BigInteger[] rs = signer.generateSignature(digest);
    BigInteger s = rs[1].compareTo(ORDER.shiftRight(1)) > 0 ? ORDER.subtract(rs[1]) : rs[1];
    byte[] signature = new byte[SIGNATURE_BYTES];
    write(rs[0], signature, 0);
    write(s, signature, WORD);
    return signature;
  }

  @Override
  public Optional<byte[]> recover(byte[] digest, byte[] signature, int recoveryId) {
    BigInteger r = new BigInteger(1, Arrays.copyOfRange(signature, 0, WORD));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, WORD, SIGNATURE_BYTES));
    BigInteger x = recoveryId > 1 ? r.add(ORDER) : r;
    if (x.compareTo(CURVE.getCurve().getField().getCharacteristic()) >= 0) {
      return Optional.empty();
    }
    return lift(x, (recoveryId & 1) == 1).flatMap(point -> solve(digest, r, s, point));
  }

  /** SEC 1 §4.1.6: Q = r⁻¹ (sR − eG). */
  private static Optional<byte[]> solve(byte[] digest, BigInteger r, BigInteger s, ECPoint point) {
    BigInteger e = new BigInteger(1, digest);
    BigInteger inverse = r.modInverse(ORDER);
    BigInteger ofBase = e.negate().multiply(inverse).mod(ORDER);
    BigInteger ofPoint = s.multiply(inverse).mod(ORDER);
    ECPoint key = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), ofBase, point, ofPoint);
    return key.isInfinity() ? Optional.empty() : Optional.of(encode(key));
  }

  private static Optional<ECPoint> lift(BigInteger x, boolean odd) {
    byte[] compressed = new byte[1 + WORD];
    compressed[0] = (byte) (odd ? 3 : 2);
    write(x, compressed, 1);
    try {
      return Optional.of(CURVE.getCurve().decodePoint(compressed));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] encode(ECPoint point) {
    byte[] encoded = point.normalize().getEncoded(false);
    return Arrays.copyOfRange(encoded, 1, encoded.length);
  }

  private static void write(BigInteger value, byte[] into, int offset) {
    byte[] bytes = value.toByteArray();
    int length = Math.min(bytes.length, WORD);
    System.arraycopy(bytes, bytes.length - length, into, offset + WORD - length, length);
  }
}
