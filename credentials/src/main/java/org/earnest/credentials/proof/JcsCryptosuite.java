package org.earnest.credentials.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.key.Base58Btc;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The cryptosuites that canonicalise JSON as JSON (RFC 8785): {@code eddsa-jcs-2022} (Data
 * Integrity EdDSA Cryptosuites 1.0 §3.3) and {@code ecdsa-jcs-2019} (Data Integrity ECDSA
 * Cryptosuites 1.0 §3.3).
 */
public final class JcsCryptosuite implements Cryptosuite {
  public static final JcsCryptosuite EDDSA_2022 =
      new JcsCryptosuite("eddsa-jcs-2022", Set.of(KeyType.ED25519));
  public static final JcsCryptosuite ECDSA_2019 =
      new JcsCryptosuite("ecdsa-jcs-2019", Set.of(KeyType.P256, KeyType.P384));

  private static final String CONTEXT = "@context";

  private final String name;
  private final Set<KeyType> keyTypes;

  private JcsCryptosuite(String name, Set<KeyType> keyTypes) {
    this.name = name;
    this.keyTypes = keyTypes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<KeyType> keyTypes() {
    return keyTypes;
  }

  @Override
  public ObjectNode prove(ObjectNode unsecured, ObjectNode options, DidSigner signer) {
    ObjectNode proof = options.deepCopy();
    if (unsecured.has(CONTEXT)) {
      proof.set(CONTEXT, unsecured.get(CONTEXT).deepCopy());
    }
    KeyType type = SignerKeys.typeOf(signer, this);
    byte[] signature = signer.sign(hashData(type, unsecured, proof));
    return proof.put(DataIntegrityProof.VALUE, Base58Btc.encode(signature));
  }

  @Override
  public void requireWellFormed(String proofValue) throws InvalidCredentialException {
    ProofValues.requireSignature(proofValue, keyTypes);
  }

  @Override
  public boolean verifies(ObjectNode unsecured, ObjectNode proof, VerificationKey key) {
    ObjectNode document = shallowCopy(unsecured);
    ObjectNode options = shallowCopy(proof);
    options.remove(DataIntegrityProof.VALUE);
    if (options.has(CONTEXT)) {
      if (!startsWith(unsecured.path(CONTEXT), options.get(CONTEXT))) {
        return false;
      }
      document.set(CONTEXT, options.get(CONTEXT));
    }
    return ProofValues.signature(proof, key.type())
        .map(signature -> key.verifies(hashData(key.type(), document, options), signature))
        .orElse(false);
  }

  private static ObjectNode shallowCopy(ObjectNode object) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    copy.setAll(object);
    return copy;
  }

  /** Whether the document's contexts begin with all of the proof's, at least one, in order. */
  private static boolean startsWith(JsonNode document, JsonNode proof) {
    List<JsonNode> has = items(document);
    List<JsonNode> wanted = items(proof);
    return !wanted.isEmpty()
        && wanted.size() <= has.size()
        && has.subList(0, wanted.size()).equals(wanted);
  }

  static List<JsonNode> items(JsonNode value) {
    if (!value.isArray()) {
      return List.of(value);
    }
    List<JsonNode> items = new ArrayList<>();
    value.forEach(items::add);
    return items;
  }

  static byte[] hashData(KeyType type, ObjectNode unsecured, ObjectNode proofConfiguration) {
    return HashData.of(
        type, SignableJson.canonicalize(proofConfiguration), SignableJson.canonicalize(unsecured));
  }
}
