package org.earnest.credentials.jose;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.earnest.credentials.key.Base58Btc;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Public keys as JWK (RFC 7517, RFC 8037). */
public final class JwkKey {
  private static final int PREFIX = 2;
  private static final int EVEN = 2;
  private static final int ODD = 3;

  private JwkKey() {}

  /**
   * Reads a public key.
   *
   * @return empty when it is of another kind, not a point of its curve, not in its one spelling, or
   *     carries the secret that belongs to nobody else
   */
  public static Optional<VerificationKey> parse(JsonNode jwk) {
    if (!jwk.isObject() || jwk.has("d")) {
      return Optional.empty();
    }
    String curve = jwk.path("crv").asString("");
    return switch (jwk.path("kty").asString("")) {
      case "OKP" ->
          curve.equals("Ed25519")
              ? coordinate(jwk, "x", KeyType.ED25519.publicBytes())
                  .flatMap(x -> VerificationKey.of(KeyType.ED25519, x))
              : Optional.empty();
      case "EC" ->
          switch (curve) {
            case "P-256" -> point(KeyType.P256, jwk);
            case "P-384" -> point(KeyType.P384, jwk);
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  /** The JWK of a key. */
  public static ObjectNode of(VerificationKey key) {
    ObjectNode jwk = JsonNodeFactory.instance.objectNode();
    byte[] bytes = bytes(key);
    return switch (key.type()) {
      case ED25519 -> jwk.put("kty", "OKP").put("crv", "Ed25519").put("x", text(bytes));
      case P256 -> uncompressed(jwk.put("kty", "EC").put("crv", "P-256"), "secp256r1", bytes);
      case P384 -> uncompressed(jwk.put("kty", "EC").put("crv", "P-384"), "secp384r1", bytes);
    };
  }

  /** Multikey puts two bytes of multicodec before each of these. */
  private static byte[] bytes(VerificationKey key) {
    byte[] prefixed =
        Base58Btc.decode(key.multibase(), PREFIX + key.type().publicBytes()).orElseThrow();
    return Arrays.copyOfRange(prefixed, PREFIX, prefixed.length);
  }

  private static ObjectNode uncompressed(ObjectNode jwk, String curve, byte[] compressed) {
    byte[] xy =
        CustomNamedCurves.getByName(curve).getCurve().decodePoint(compressed).getEncoded(false);
    int size = compressed.length - 1;
    return jwk.put("x", text(Arrays.copyOfRange(xy, 1, 1 + size)))
        .put("y", text(Arrays.copyOfRange(xy, 1 + size, xy.length)));
  }

  private static Optional<VerificationKey> point(KeyType type, JsonNode jwk) {
    int size = type.publicBytes() - 1;
    Optional<byte[]> x = coordinate(jwk, "x", size);
    Optional<byte[]> y = coordinate(jwk, "y", size);
    if (x.isEmpty() || y.isEmpty()) {
      return Optional.empty();
    }
    byte[] compressed = new byte[1 + size];
    compressed[0] = (byte) (new BigInteger(1, y.get()).testBit(0) ? ODD : EVEN);
    System.arraycopy(x.get(), 0, compressed, 1, size);
    // A y that is not the point's own would be another key under one name.
    return VerificationKey.of(type, compressed)
        .filter(key -> of(key).path("y").stringValue().equals(text(y.get())));
  }

  private static Optional<byte[]> coordinate(JsonNode jwk, String name, int size) {
    try {
      return Optional.of(StrictJws.decode(jwk.path(name).asString("")))
          .filter(bytes -> bytes.length == size);
    } catch (InvalidCredentialException malformed) {
      return Optional.empty();
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
