package org.earnest.credentials;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes challenges that bear their own end and a stamp by a secret, so that whoever asks for many
 * takes no room from others: only those that are used need be kept.
 */
public final class ChallengeStamp {
  /** Of the secret. */
  public static final int KEY_BYTES = 32;

  private static final String MAC = "HmacSHA256";
  private static final int RANDOM_BYTES = 24;

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;

  /**
   * Stamps by this secret.
   *
   * @param secret random, {@link #KEY_BYTES} long
   */
  public ChallengeStamp(byte[] secret) {
    if (secret.length != KEY_BYTES) {
      throw new IllegalArgumentException("a secret has " + KEY_BYTES + " bytes");
    }
    this.key = new SecretKeySpec(secret, MAC);
  }

  /** A new secret. */
  public static byte[] randomSecret() {
    byte[] secret = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(secret);
    return secret;
  }

  /** A new challenge, good until then. */
  public String create(Instant expires) {
    byte[] nonce = new byte[RANDOM_BYTES];
    random.nextBytes(nonce);
    return stamped(
        ByteBuffer.allocate(Long.BYTES + RANDOM_BYTES)
            .putLong(expires.toEpochMilli())
            .put(nonce)
            .array());
  }

  /** When a challenge ends; empty for one that was not stamped by this secret. */
  public Optional<Instant> expires(String challenge) {
    byte[] body = body(challenge);
    return body.length == Long.BYTES + RANDOM_BYTES && isEqual(stamped(body), challenge)
        ? Optional.of(Instant.ofEpochMilli(ByteBuffer.wrap(body).getLong()))
        : Optional.empty();
  }

  private String stamped(byte[] body) {
    return Challenges.PREFIX + text(body) + "." + text(stamp(body));
  }

  /** Empty where there is none. */
  private static byte[] body(String challenge) {
    int end = challenge.indexOf('.');
    if (!challenge.startsWith(Challenges.PREFIX) || end < Challenges.PREFIX.length()) {
      return new byte[0];
    }
    try {
      return Base64.getUrlDecoder().decode(challenge.substring(Challenges.PREFIX.length(), end));
    } catch (IllegalArgumentException malformed) {
      return new byte[0];
    }
  }

  private byte[] stamp(byte[] body) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return mac.doFinal(body);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has " + MAC, impossible);
    }
  }

  private static boolean isEqual(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
