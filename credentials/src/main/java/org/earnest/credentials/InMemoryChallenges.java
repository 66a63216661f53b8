package org.earnest.credentials;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Challenges of one process, void when it ends. Each bears its own end and a stamp by this
 * process's secret, so that whoever asks for many takes no room from others; only the used ones are
 * kept.
 */
public final class InMemoryChallenges implements Challenges {
  /** Challenges that may be used in the time that one is good for; beyond, none counts. */
  public static final int MAX_USED = 100_000;

  private static final String MAC = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int RANDOM_BYTES = 24;

  private final ConcurrentHashMap<String, Instant> used = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key = new SecretKeySpec(random(KEY_BYTES), MAC);

  @Override
  public String create(Instant expires) {
    return stamped(
        ByteBuffer.allocate(Long.BYTES + RANDOM_BYTES)
            .putLong(expires.toEpochMilli())
            .put(random(RANDOM_BYTES))
            .array());
  }

  @Override
  public boolean consume(String challenge, Instant now) {
    byte[] body = body(challenge);
    if (body.length != Long.BYTES + RANDOM_BYTES || !isEqual(stamped(body), challenge)) {
      return false;
    }
    Instant expires = Instant.ofEpochMilli(ByteBuffer.wrap(body).getLong());
    return now.isBefore(expires) && hasRoom(now) && used.putIfAbsent(challenge, expires) == null;
  }

  private boolean hasRoom(Instant now) {
    if (used.size() >= MAX_USED) {
      used.values().removeIf(expires -> !now.isBefore(expires));
    }
    return used.size() < MAX_USED;
  }

  private String stamped(byte[] body) {
    return PREFIX + text(body) + "." + text(stamp(body));
  }

  /** Empty where there is none. */
  private static byte[] body(String challenge) {
    int end = challenge.indexOf('.');
    if (!challenge.startsWith(PREFIX) || end < PREFIX.length()) {
      return new byte[0];
    }
    try {
      return Base64.getUrlDecoder().decode(challenge.substring(PREFIX.length(), end));
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

  private byte[] random(int bytes) {
    byte[] made = new byte[bytes];
    random.nextBytes(made);
    return made;
  }

  private static boolean isEqual(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
