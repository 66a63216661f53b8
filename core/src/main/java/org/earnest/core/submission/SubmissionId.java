package org.earnest.core.submission;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;

/**
 * A submission's public name: SHA-256 of its chain and natural key, so that whoever knows both can
 * ask for it, and a key that holds slashes or colons still fits into a path.
 */
public record SubmissionId(Hash32 digest) {
  public static SubmissionId of(Caip2ChainId chain, String key) {
    byte[] text = (chain + "\n" + key).getBytes(StandardCharsets.UTF_8);
    try {
      return new SubmissionId(Hash32.of(MessageDigest.getInstance("SHA-256").digest(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return digest.hex();
  }
}
