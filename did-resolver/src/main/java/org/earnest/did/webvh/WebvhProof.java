package org.earnest.did.webvh;

import com.apicatalog.multibase.Multibase;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.earnest.bindings.integrity.EddsaJcsHash;
import org.earnest.did.key.PublicKeyMultibase;
import org.earnest.did.key.PublicKeyType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Data Integrity proof by a did:key, of the one cryptosuite that did:webvh 1.0 permits.
 *
 * @param value the signature's 64 bytes in base58-btc
 */
record WebvhProof(PublicKeyMultibase key, ObjectNode configuration, String value) {
  private static final String VALUE = "proofValue";
  private static final String PREFIX = "did:key:";

  /** Longer than any base58 text of 64 bytes. */
  private static final int MAX_VALUE = 96;

  /**
   * Reads a proof.
   *
   * @throws InvalidLogException when it is of another type, suite or purpose, when its key is none
   *     that can sign so, or when it names the key in two ways that differ
   */
  static WebvhProof read(JsonNode json) throws InvalidLogException {
    if (!(json instanceof ObjectNode proof)) {
      throw new InvalidLogException("a proof is an object");
    }
    require(proof, "type", "DataIntegrityProof");
    require(proof, "cryptosuite", "eddsa-jcs-2022");
    require(proof, "proofPurpose", "assertionMethod");
    ObjectNode configuration = proof.deepCopy();
    configuration.remove(VALUE);
    return new WebvhProof(
        key(proof.path("verificationMethod").asString("")),
        configuration,
        value(proof.path(VALUE).asString("")));
  }

  /** A proof of a document that carries none yet. */
  static ObjectNode sign(LogSigner signer, ObjectNode unsecured, Instant created) {
    ObjectNode proof =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "DataIntegrityProof")
            .put("cryptosuite", "eddsa-jcs-2022")
            .put("verificationMethod", PREFIX + signer.key() + "#" + signer.key())
            .put("created", created.toString())
            .put("proofPurpose", "assertionMethod");
    byte[] signature = signer.sign(EddsaJcsHash.of(unsecured, proof));
    return proof.put(VALUE, Multibase.BASE_58_BTC.encode(signature));
  }

  private static void require(ObjectNode proof, String member, String value)
      throws InvalidLogException {
    if (!proof.path(member).isString() || !proof.path(member).stringValue().equals(value)) {
      throw new InvalidLogException("a proof's " + member + " must be " + value);
    }
  }

  /** The key of {@code did:key:K#K}. */
  private static PublicKeyMultibase key(String method) throws InvalidLogException {
    int mark = method.indexOf('#');
    String text = mark < 0 ? "" : method.substring(mark + 1);
    if (!method.equals(PREFIX + text + "#" + text)) {
      throw new InvalidLogException("a proof's verificationMethod must be a did:key and its key");
    }
    return signingKey(text);
  }

  /** A key that can sign entries. */
  static PublicKeyMultibase signingKey(String text) throws InvalidLogException {
    try {
      PublicKeyMultibase key = PublicKeyMultibase.parse(text);
      if (key.type() == PublicKeyType.ED25519) {
        return key;
      }
    } catch (IllegalArgumentException noKey) {
      // Answered below, as a key of another type is.
    }
    throw new InvalidLogException("a key must be Ed25519 as Multikey");
  }

  private static String value(String text) throws InvalidLogException {
    if (text.length() > MAX_VALUE || !text.startsWith("z") || decode(text).isEmpty()) {
      throw new InvalidLogException("a proofValue is 64 bytes in base58-btc");
    }
    return text;
  }

  private static Optional<byte[]> decode(String text) {
    try {
      byte[] decoded = Multibase.BASE_58_BTC.decode(text);
      return decoded.length == Ed25519.SIGNATURE_SIZE ? Optional.of(decoded) : Optional.empty();
    } catch (RuntimeException malformed) {
      // The decoder has no exception of its own for a character outside its alphabet.
      return Optional.empty();
    }
  }

  /** Whether the key signed this document, which carries no proof. */
  boolean verifies(ObjectNode unsecured) {
    byte[] message = EddsaJcsHash.of(unsecured, configuration);
    return Ed25519.verify(decode(value).orElseThrow(), 0, key.key(), 0, message, 0, message.length);
  }
}
