package org.earnest.credentials.custody;

import java.util.Base64;
import java.util.Optional;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;
import tools.jackson.databind.JsonNode;

/** Public halves as the transit engine writes them: PEM for ECDSA, and base64 for Ed25519. */
final class TransitPublicKey {
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";

  private TransitPublicKey() {}

  /** A version of a key; empty where it is of another kind or malformed. */
  static Optional<VerificationKey> read(JsonNode key, String version) {
    String text = key.path("keys").path(version).path("public_key").asString("").strip();
    return TransitKeys.type(key.path("type").asString(""))
        .flatMap(type -> decoded(type, text).filter(read -> read.type() == type));
  }

  private static Optional<VerificationKey> decoded(KeyType type, String text) {
    try {
      if (type == KeyType.ED25519) {
        return VerificationKey.of(type, Base64.getDecoder().decode(text));
      }
      return text.startsWith(BEGIN) && text.endsWith(END)
          ? SubjectKeys.read(
              Base64.getMimeDecoder()
                  .decode(text.substring(BEGIN.length(), text.length() - END.length())))
          : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
