package org.earnest.credentials.model;

import com.apicatalog.multibase.Multibase;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A hash that says by which function it was made (Data Integrity §2.6).
 *
 * @param function its number in the table of multicodec
 * @param base64 of the hash
 */
record Multihash(int function, String base64) {
  /** More than any hash of 64 bytes takes; base58 takes quadratic time. */
  private static final int MAX_TEXT = 136;

  /** From here on a number takes more than a byte. */
  private static final int VARINT = 0x80;

  private static final int HEADER = 2;

  private static final Map<Integer, String> HASHES =
      Map.of(
          0x12, "SHA-256",
          0x20, "SHA-384",
          0x13, "SHA-512",
          0x16, "SHA3-256",
          0x15, "SHA3-384",
          0x14, "SHA3-512");

  /** Reads base64url or base58-btc; empty where it is none, or has another length than it says. */
  static Optional<Multihash> parse(String text) {
    if (text.length() > MAX_TEXT) {
      return Optional.empty();
    }
    try {
      byte[] bytes =
          text.startsWith("u")
              ? Multibase.BASE_64_URL.decode(text)
              : Multibase.BASE_58_BTC.decode(text);
      boolean whole =
          bytes.length > HEADER
              && bytes[0] > 0
              && Byte.toUnsignedInt(bytes[1]) < VARINT
              && bytes.length == HEADER + bytes[1];
      return whole
          ? Optional.of(
              new Multihash(bytes[0], base64(Arrays.copyOfRange(bytes, HEADER, bytes.length))))
          : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Whether it is of this, by a function that is known here. */
  boolean matches(byte[] content) {
    String hash = HASHES.get(function);
    return hash != null && base64(hash(hash, content)).equals(base64);
  }

  static byte[] hash(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has " + algorithm, impossible);
    }
  }
}
