package org.earnest.credentials.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The proofs within a document: one, a set of independent ones, or a chain in which one secures
 * those that it names in {@code previousProof} too (VC Data Integrity 1.0 §2.1.1, §2.1.2).
 */
public final class DataIntegrityProofs {
  /** Proofs of one document; each costs a signature's check. */
  public static final int MAX_PROOFS = 8;

  private static final String CONTEXT = "@context";
  private static final String PROOF = "proof";
  private static final String PREVIOUS = "previousProof";

  private DataIntegrityProofs() {}

  /**
   * Reads all of a document's proofs.
   *
   * @param purpose the one that is expected of each
   * @return at least one
   * @throws InvalidCredentialException {@code PROOF_MISSING}, {@code PROOF_UNSUPPORTED} or {@code
   *     PROOF_MALFORMED}
   */
  public static List<Proof> read(
      ObjectNode document, VerificationRelationship purpose, Cryptosuites allowed)
      throws InvalidCredentialException {
    List<ObjectNode> proofs = objects(document.path(PROOF));
    Map<String, ObjectNode> byId = byId(proofs);
    List<Proof> read = new ArrayList<>();
    for (ObjectNode proof : proofs) {
      ObjectNode unsecured = unsecured(document, previous(proof, byId));
      read.add(DataIntegrityProof.read(unsecured, proof, purpose, allowed));
    }
    return read;
  }

  /**
   * The document under the contexts that its proof was made with: a proof over JSON holds though
   * more contexts follow, which nobody signed (Data Integrity EdDSA Cryptosuites 1.0 §3.3.2).
   *
   * @param proofs of this document
   * @return the document itself where they are its own
   * @throws InvalidCredentialException {@code PROOF_UNSUPPORTED} where several proofs would each
   *     vouch for other contexts
   */
  public static ObjectNode vouchedFor(ObjectNode document, List<Proof> proofs)
      throws InvalidCredentialException {
    for (Proof proof : proofs) {
      List<JsonNode> signed = signedContexts(proof);
      if (!signed.isEmpty() && !signed.equals(JcsCryptosuite.items(document.path(CONTEXT)))) {
        if (proofs.size() > 1) {
          throw new InvalidCredentialException(
              CredentialRefusal.PROOF_UNSUPPORTED, "several proofs must be of the same contexts");
        }
        ObjectNode vouchedFor = document.deepCopy();
        vouchedFor.putArray(CONTEXT).addAll(signed);
        return vouchedFor;
      }
    }
    return document;
  }

  private static List<JsonNode> signedContexts(Proof proof) {
    if (proof instanceof DataIntegrityProof own
        && own.cryptosuite() instanceof JcsCryptosuite
        && own.json().has(CONTEXT)) {
      return JcsCryptosuite.items(own.json().path(CONTEXT));
    }
    return List.of();
  }

  /** The document without proofs but those that another builds upon. */
  private static ObjectNode unsecured(ObjectNode document, List<ObjectNode> previous) {
    ObjectNode unsecured = document.objectNode();
    document
        .properties()
        .forEach(
            member -> {
              if (!member.getKey().equals(PROOF)) {
                unsecured.set(member.getKey(), member.getValue());
              }
            });
    if (!previous.isEmpty()) {
      ArrayNode kept = unsecured.putArray(PROOF);
      previous.forEach(kept::add);
    }
    return unsecured;
  }

  private static List<ObjectNode> previous(ObjectNode proof, Map<String, ObjectNode> byId)
      throws InvalidCredentialException {
    List<ObjectNode> previous = new ArrayList<>();
    JsonNode names = proof.path(PREVIOUS);
    if (names.isMissingNode()) {
      return previous;
    }
    for (JsonNode name : names.isArray() ? names : List.of(names)) {
      ObjectNode named = byId.get(name.asString(""));
      if (named == null || named.equals(proof)) {
        throw malformed("proof.previousProof names no other proof of the document");
      }
      previous.add(named);
    }
    return previous;
  }

  private static List<ObjectNode> objects(JsonNode proof) throws InvalidCredentialException {
    List<ObjectNode> proofs = new ArrayList<>();
    for (JsonNode item : proof.isArray() ? proof : List.of(proof)) {
      if (item instanceof ObjectNode object) {
        proofs.add(object);
      } else if (!item.isMissingNode()) {
        throw malformed("proof must be an object, or an array of such");
      }
    }
    if (proofs.isEmpty()) {
      throw new InvalidCredentialException(CredentialRefusal.PROOF_MISSING, "there is no proof");
    }
    if (proofs.size() > MAX_PROOFS) {
      throw new InvalidCredentialException(
          CredentialRefusal.PROOF_UNSUPPORTED, "at most " + MAX_PROOFS + " proofs are judged");
    }
    return proofs;
  }

  private static Map<String, ObjectNode> byId(List<ObjectNode> proofs)
      throws InvalidCredentialException {
    Map<String, ObjectNode> byId = new HashMap<>();
    for (ObjectNode proof : proofs) {
      if (proof.has("id") && byId.put(proof.path("id").asString(""), proof) != null) {
        throw malformed("two proofs have one id");
      }
    }
    return byId;
  }

  private static InvalidCredentialException malformed(String detail) {
    return new InvalidCredentialException(CredentialRefusal.PROOF_MALFORMED, detail);
  }
}
