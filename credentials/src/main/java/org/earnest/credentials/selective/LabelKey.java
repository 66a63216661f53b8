package org.earnest.credentials.selective;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The secret of one base proof that labels its nameless nodes (Data Integrity ECDSA Cryptosuites
 * 1.0 §3.4.4, by HMAC with SHA-256). The holder has it; who is shown a part has not.
 */
public final class LabelKey {
  /** As long as the digest (RFC 2104 §3). */
  public static final int BYTES = 32;

  private final byte[] secret;

  /**
   * A key.
   *
   * @param secret random, {@value #BYTES} bytes; copied
   */
  public LabelKey(byte[] secret) {
    if (secret.length != BYTES) {
      throw new IllegalArgumentException("a key of labels has " + BYTES + " bytes");
    }
    this.secret = secret.clone();
  }

  byte[] secret() {
    return secret.clone();
  }

  /** The label for a canonical one, both with {@code _:}. */
  String label(String canonical) {
    byte[] name = canonical.substring(2).getBytes(US_ASCII);
    HMac mac = new HMac(new SHA256Digest());
    mac.init(new KeyParameter(secret));
    mac.update(name, 0, name.length);
    byte[] label = new byte[mac.getMacSize()];
    mac.doFinal(label, 0);
    return "_:u" + Base64.getUrlEncoder().withoutPadding().encodeToString(label);
  }
}
