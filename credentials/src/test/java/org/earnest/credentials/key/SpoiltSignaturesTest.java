package org.earnest.credentials.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The classes of forged and malleable signatures that Wycheproof's vectors try, made of a good one:
 * zeros, values from the group's order on, other encodings, other lengths.
 */
class SpoiltSignaturesTest {
  private static final byte[] MESSAGE = "123400".getBytes(StandardCharsets.UTF_8);
  private static final BigInteger ED25519_ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final BigInteger ED25519_PRIME =
      BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  private static LocalSigner signer(KeyType type) {
    byte[] secret = new byte[type.secretBytes()];
    Arrays.fill(secret, (byte) 7);
    return LocalSigner.didKey(type, secret);
  }

  @TestFactory
  Stream<DynamicTest> noneVerifies() throws Exception {
    Stream.Builder<DynamicTest> tests = Stream.builder();
    for (KeyType type : KeyType.values()) {
      LocalSigner signer = signer(type);
      VerificationKey key = VerificationKey.parse(signer.publicKeyMultibase()).orElseThrow();
      byte[] good = signer.sign(MESSAGE);
      assertThat(key.verifies(MESSAGE, good)).isTrue();
      Map<String, byte[]> spoilt = lengths(good);
      spoilt.putAll(type == KeyType.ED25519 ? eddsa(good) : ecdsa(type, good));
      spoilt.forEach(
          (name, signature) ->
              tests.add(
                  DynamicTest.dynamicTest(
                      type + ": " + name,
                      () -> assertThat(key.verifies(MESSAGE, signature)).isFalse())));
    }
    return tests.build();
  }

  /** Every bit counts: of the signature, and of the message. */
  @Test
  void noBitMayChange() {
    for (KeyType type : KeyType.values()) {
      LocalSigner signer = signer(type);
      VerificationKey key = VerificationKey.parse(signer.publicKeyMultibase()).orElseThrow();
      byte[] good = signer.sign(MESSAGE);
      for (int bit = 0; bit < good.length * Byte.SIZE; bit += 3) {
        byte[] changed = good.clone();
        changed[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
        assertThat(key.verifies(MESSAGE, changed)).as("%s, bit %d", type, bit).isFalse();
      }
      assertThat(key.verifies(Arrays.copyOf(MESSAGE, MESSAGE.length - 1), good)).isFalse();
      assertThat(key.verifies(Arrays.copyOf(MESSAGE, MESSAGE.length + 1), good)).isFalse();
      assertThat(key.verifies(new byte[0], good)).isFalse();
    }
  }

  private static Map<String, byte[]> lengths(byte[] good) {
    Map<String, byte[]> spoilt = new LinkedHashMap<>();
    spoilt.put("empty", new byte[0]);
    spoilt.put("one byte", new byte[] {0});
    spoilt.put("half", Arrays.copyOf(good, good.length / 2));
    spoilt.put("last byte missing", Arrays.copyOf(good, good.length - 1));
    spoilt.put("first byte missing", Arrays.copyOfRange(good, 1, good.length));
    spoilt.put("zero appended", Arrays.copyOf(good, good.length + 1));
    spoilt.put("zero prepended", joined(new byte[1], good));
    spoilt.put("twice", joined(good, good));
    spoilt.put("all zeros", new byte[good.length]);
    byte[] ones = new byte[good.length];
    Arrays.fill(ones, (byte) 0xff);
    spoilt.put("all ones", ones);
    return spoilt;
  }

  private static Map<String, byte[]> eddsa(byte[] good) {
    byte[] r = Arrays.copyOf(good, good.length / 2);
    byte[] s = Arrays.copyOfRange(good, good.length / 2, good.length);
    BigInteger scalar = new BigInteger(1, reversed(s));
    Map<String, byte[]> spoilt = new LinkedHashMap<>();
    spoilt.put("S = 0", joined(r, little(BigInteger.ZERO)));
    spoilt.put("S = 1", joined(r, little(BigInteger.ONE)));
    spoilt.put("S = L", joined(r, little(ED25519_ORDER)));
    spoilt.put("S = L - 1", joined(r, little(ED25519_ORDER.subtract(BigInteger.ONE))));
    spoilt.put("S + L", joined(r, little(scalar.add(ED25519_ORDER))));
    spoilt.put("S + 2L", joined(r, little(scalar.add(ED25519_ORDER.shiftLeft(1)))));
    spoilt.put("S + 8L", joined(r, little(scalar.add(ED25519_ORDER.shiftLeft(3)))));
    spoilt.put("L - S", joined(r, little(ED25519_ORDER.subtract(scalar))));
    spoilt.put("S's top bit", joined(r, little(scalar.setBit(255))));
    spoilt.put("R = 0", joined(new byte[r.length], s));
    spoilt.put("R the neutral point", joined(little(BigInteger.ONE), s));
    spoilt.put("R the neutral point, S = 0", joined(little(BigInteger.ONE), new byte[s.length]));
    spoilt.put("R = p", joined(little(ED25519_PRIME), s));
    spoilt.put("R = p + 1, S = 0", joined(little(ED25519_PRIME.add(BigInteger.ONE)), new byte[32]));
    byte[] sign = r.clone();
    sign[sign.length - 1] ^= (byte) 0x80;
    spoilt.put("-R", joined(sign, s));
    spoilt.put("R and S exchanged", joined(s, r));
    return spoilt;
  }

  private static Map<String, byte[]> ecdsa(KeyType type, byte[] good) throws Exception {
    int size = good.length / 2;
    BigInteger n = Curves.of(type).getN();
    BigInteger p = Curves.of(type).getCurve().getField().getCharacteristic();
    BigInteger r = new BigInteger(1, Arrays.copyOf(good, size));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(good, size, good.length));
    Map<String, byte[]> spoilt = new LinkedHashMap<>();
    Map<String, BigInteger> special = new LinkedHashMap<>();
    special.put("0", BigInteger.ZERO);
    special.put("1", BigInteger.ONE);
    special.put("n - 1", n.subtract(BigInteger.ONE));
    special.put("n", n);
    special.put("n + 1", n.add(BigInteger.ONE));
    special.put("p", p);
    for (Map.Entry<String, BigInteger> first : special.entrySet()) {
      spoilt.put("r = " + first.getKey(), joined(first.getValue(), s, size));
      spoilt.put("s = " + first.getKey(), joined(r, first.getValue(), size));
      for (Map.Entry<String, BigInteger> second : special.entrySet()) {
        spoilt.put(
            "r = " + first.getKey() + ", s = " + second.getKey(),
            joined(first.getValue(), second.getValue(), size));
      }
    }
    spoilt.put("n - r", joined(n.subtract(r), s, size));
    spoilt.put("r and s exchanged", joined(s, r, size));
    spoilt.put("r + n, longer", joined(r.add(n), s.add(n), size + 1));
    spoilt.put("DER", StandardDSAEncoding.INSTANCE.encode(n, r, s));
    spoilt.put("of another length each", joined(r, s, size + 1));
    return spoilt;
  }

  private static byte[] joined(BigInteger r, BigInteger s, int size) {
    return joined(
        BigIntegers.asUnsignedByteArray(size, r), BigIntegers.asUnsignedByteArray(size, s));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  private static byte[] little(BigInteger number) {
    return reversed(BigIntegers.asUnsignedByteArray(32, number));
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
