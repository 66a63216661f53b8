package org.earnest.did.key;

import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Public keys as JSON Web Keys (RFC 7517, RFC 8037, RFC 8812). */
public final class PublicKeyJwk {
  private static final String PRIVATE_MEMBER = "d";
  private static final int BYTE_BITS = 8;

  /** A curve of JOSE: what kind of key it makes, and how ours is called. */
  private record Curve(String keyType, PublicKeyType type, String sec) {}

  private static final Map<String, Curve> CURVES =
      Map.of(
          "Ed25519", new Curve("OKP", PublicKeyType.ED25519, ""),
          "X25519", new Curve("OKP", PublicKeyType.X25519, ""),
          "P-256", new Curve("EC", PublicKeyType.P256, "secp256r1"),
          "P-384", new Curve("EC", PublicKeyType.P384, "secp384r1"),
          "secp256k1", new Curve("EC", PublicKeyType.SECP256K1, "secp256k1"));

  private PublicKeyJwk() {}

  /**
   * Reads the key of a JWK.
   *
   * @return empty for kinds of key that are not understood
   * @throws IllegalArgumentException when it is no JWK, when a coordinate has another length or
   *     spelling than its curve's, when the point is not safe, or when it shows a private key
   */
  public static Optional<PublicKeyMultibase> read(JsonNode jwk) {
    if (!jwk.isObject() || !jwk.path("kty").isString()) {
      throw new IllegalArgumentException("a JWK is an object with kty");
    }
    if (jwk.has(PRIVATE_MEMBER) || jwk.has("k")) {
      throw new IllegalArgumentException("a JWK in a document must not hold a secret key");
    }
    Curve curve = CURVES.get(jwk.path("crv").asString(""));
    if (curve == null || !curve.keyType.equals(jwk.path("kty").asString(""))) {
      return Optional.empty();
    }
    byte[] key = curve.sec.isEmpty() ? octets(jwk, "x", curve.type.length()) : point(jwk, curve);
    return Optional.of(PublicKeyMultibase.of(curve.type, key));
  }

  /** The JWK of a key. */
  public static ObjectNode write(PublicKeyMultibase key) {
    Map.Entry<String, Curve> found =
        CURVES.entrySet().stream()
            .filter(entry -> entry.getValue().type == key.type())
            .findFirst()
            .orElseThrow();
    Curve curve = found.getValue();
    ObjectNode jwk =
        JsonNodeFactory.instance.objectNode().put("kty", curve.keyType).put("crv", found.getKey());
    if (curve.sec.isEmpty()) {
      return jwk.put("x", text(key.key()));
    }
    byte[] both =
        CustomNamedCurves.getByName(curve.sec).getCurve().decodePoint(key.key()).getEncoded(false);
    int half = 1 + (both.length - 1) / 2;
    return jwk.put("x", text(Arrays.copyOfRange(both, 1, half)))
        .put("y", text(Arrays.copyOfRange(both, half, both.length)));
  }

  private static byte[] point(JsonNode jwk, Curve curve) {
    var field = CustomNamedCurves.getByName(curve.sec).getCurve();
    int length = (field.getFieldSize() + BYTE_BITS - 1) / BYTE_BITS;
    byte[] uncompressed = new byte[1 + 2 * length];
    uncompressed[0] = 4;
    System.arraycopy(octets(jwk, "x", length), 0, uncompressed, 1, length);
    System.arraycopy(octets(jwk, "y", length), 0, uncompressed, 1 + length, length);
    ECPoint point = field.decodePoint(uncompressed);
    return point.getEncoded(true);
  }

  private static byte[] octets(JsonNode jwk, String member, int length) {
    String text = jwk.path(member).asString("");
    byte[] octets = Base64.getUrlDecoder().decode(text);
    if (octets.length != length || !text(octets).equals(text)) {
      throw new IllegalArgumentException(
          "a JWK's " + member + " must be " + length + " bytes in base64url without padding");
    }
    return octets;
  }

  private static String text(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
