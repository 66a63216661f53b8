package org.earnest.credentials.model;

import org.earnest.bindings.integrity.CanonicalJson;
import tools.jackson.databind.node.ObjectNode;

/** JSON that can be signed, refused as credentials are refused. */
public final class SignableJson {
  public static final int MAX_BYTES = CanonicalJson.MAX_BYTES;
  public static final int MAX_DEPTH = CanonicalJson.MAX_DEPTH;

  private SignableJson() {}

  /**
   * Reads an object.
   *
   * @throws InvalidCredentialException {@code MALFORMED_JSON}
   */
  public static ObjectNode read(byte[] json) throws InvalidCredentialException {
    try {
      return CanonicalJson.read(json);
    } catch (IllegalArgumentException malformed) {
      throw new InvalidCredentialException(
          CredentialRefusal.MALFORMED_JSON, String.valueOf(malformed.getMessage()));
    }
  }

  /** The canonical form (RFC 8785, JCS) in UTF-8. */
  public static byte[] canonicalize(ObjectNode object) {
    return CanonicalJson.canonicalize(object);
  }

  /** The object as text. */
  public static String write(ObjectNode object) {
    return CanonicalJson.write(object);
  }
}
