package org.earnest.credentials.proof;

import java.util.ArrayList;
import java.util.List;
import org.earnest.bindings.integrity.EddsaJcsHash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The cryptosuite {@code eddsa-jcs-2022} (Data Integrity EdDSA Cryptosuites 1.0 §3.3). */
public final class EddsaJcs2022 {
  public static final String NAME = "eddsa-jcs-2022";
  private static final String CONTEXT = "@context";
  private static final String PROOF = "proof";
  private static final String PROOF_VALUE = "proofValue";

  private EddsaJcs2022() {}

  /**
   * Secures a document (§3.3.1): returns a copy with the proof.
   *
   * @param options the proof without its context and value
   */
  public static ObjectNode secure(
      ObjectNode unsecured, ObjectNode options, CredentialSigner signer) {
    ObjectNode proof = options.deepCopy();
    if (unsecured.has(CONTEXT)) {
      proof.set(CONTEXT, unsecured.get(CONTEXT).deepCopy());
    }
    proof.put(PROOF_VALUE, Base58Btc.encode(signer.sign(hashData(unsecured, proof))));
    ObjectNode secured = unsecured.deepCopy();
    secured.set(PROOF, proof);
    return secured;
  }

  /** Whether the key made the proof of this document (§3.3.2). */
  public static boolean verifies(
      ObjectNode secured, DataIntegrityProof proof, Ed25519PublicKey key) {
    ObjectNode unsecured = secured.deepCopy();
    unsecured.remove(PROOF);
    ObjectNode options = proof.json().deepCopy();
    options.remove(PROOF_VALUE);
    if (options.has(CONTEXT)) {
      if (!startsWith(secured.path(CONTEXT), options.get(CONTEXT))) {
        return false;
      }
      unsecured.set(CONTEXT, options.get(CONTEXT).deepCopy());
    }
    return key.verifies(hashData(unsecured, options), proof.signature());
  }

  /** Whether the document's contexts begin with all of the proof's, at least one, in order. */
  private static boolean startsWith(JsonNode document, JsonNode proof) {
    List<JsonNode> has = items(document);
    List<JsonNode> wanted = items(proof);
    return !wanted.isEmpty()
        && wanted.size() <= has.size()
        && has.subList(0, wanted.size()).equals(wanted);
  }

  private static List<JsonNode> items(JsonNode value) {
    if (!value.isArray()) {
      return List.of(value);
    }
    List<JsonNode> items = new ArrayList<>();
    value.forEach(items::add);
    return items;
  }

  /** What is signed (§3.3.4): the hash of the proof's configuration, then of the document. */
  static byte[] hashData(ObjectNode unsecured, ObjectNode proofConfiguration) {
    return EddsaJcsHash.of(unsecured, proofConfiguration);
  }
}
