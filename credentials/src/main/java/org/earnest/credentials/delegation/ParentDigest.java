package org.earnest.credentials.delegation;

import java.util.Base64;
import org.earnest.credentials.VerifiedCredential;
import org.earnest.credentials.model.Sha256;
import org.earnest.credentials.model.SignableJson;

/**
 * Names one secured credential by its content: the SHA-256 of its canonical JSON (RFC 8785), proof
 * included, as a multihash in multibase base64url, as {@code digestMultibase} is written (VC Data
 * Model 2.0 §5.3).
 */
public record ParentDigest(String multibase) {
  /** Multihash: the function SHA-256, and 32 bytes of digest. */
  private static final byte[] SHA_256 = {0x12, 0x20};

  private static final int DIGEST_BYTES = 32;
  private static final String BASE64URL = "u";
  private static final String SYNTAX = "uEi[A-D][A-Za-z0-9_-]{43}";

  public ParentDigest {
    if (!multibase.matches(SYNTAX)) {
      throw new IllegalArgumentException("not a SHA-256 multihash in multibase base64url");
    }
  }

  public static ParentDigest of(VerifiedCredential credential) {
    byte[] multihash = new byte[SHA_256.length + DIGEST_BYTES];
    System.arraycopy(SHA_256, 0, multihash, 0, SHA_256.length);
    byte[] digest = Sha256.of(SignableJson.canonicalize(credential.json()));
    System.arraycopy(digest, 0, multihash, SHA_256.length, DIGEST_BYTES);
    return new ParentDigest(
        BASE64URL + Base64.getUrlEncoder().withoutPadding().encodeToString(multihash));
  }
}
