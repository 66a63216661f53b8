package org.earnest.credentials.proof;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import tools.jackson.databind.node.ObjectNode;

/** A proof without its value, in canonical N-Quads (VC Data Integrity 1.0 §4.2). */
final class ProofConfiguration {
  private static final String CONTEXT = "@context";
  private static final String SECURITY = "https://w3id.org/security#";

  /** Members whose statements are the same in every proof, but for their values. */
  private static final Set<String> PLAIN =
      Set.of("type", "cryptosuite", "created", "verificationMethod", "proofPurpose");

  private ProofConfiguration() {}

  /**
   * The configuration under the document's contexts, which a context of the proof's own does not
   * change.
   */
  static byte[] canonical(ObjectNode unsecured, ObjectNode proof, String digest, LinkedData linked)
      throws InvalidCredentialException {
    ObjectNode configuration = proof.deepCopy();
    configuration.remove(CONTEXT);
    configuration.remove(DataIntegrityProof.VALUE);
    if (isPlain(configuration) && isProtected(unsecured)) {
      return plain(configuration);
    }
    configuration.set(CONTEXT, unsecured.path(CONTEXT).deepCopy());
    return linked.canonicalize(configuration, digest);
  }

  private static boolean isPlain(ObjectNode configuration) {
    return configuration.size() == PLAIN.size() && PLAIN.stream().allMatch(configuration::has);
  }

  /** Under the base context these terms are protected, so no context after it changes them. */
  private static boolean isProtected(ObjectNode unsecured) {
    return unsecured.path(CONTEXT).path(0).asString("").equals(KnownContexts.CREDENTIALS_V2);
  }

  /** The statements, in the order of their code points, of one blank node. */
  private static byte[] plain(ObjectNode proof) {
    String quads =
        quad(
                "http://purl.org/dc/terms/created",
                literal(proof, "created", "http://www.w3.org/2001/XMLSchema#dateTime"))
            + quad(
                "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
                name(SECURITY + proof.path("type").asString("")))
            + quad(
                SECURITY + "cryptosuite",
                literal(proof, "cryptosuite", SECURITY + "cryptosuiteString"))
            + quad(
                SECURITY + "proofPurpose", name(SECURITY + proof.path("proofPurpose").asString("")))
            + quad(
                SECURITY + "verificationMethod",
                name(proof.path("verificationMethod").asString("")));
    return quads.getBytes(StandardCharsets.UTF_8);
  }

  private static String quad(String predicate, String object) {
    return "_:c14n0 <" + predicate + "> " + object + " .\n";
  }

  private static String name(String url) {
    return "<" + url + ">";
  }

  /** The values were read already, and hold no character that would need escaping. */
  private static String literal(ObjectNode proof, String member, String type) {
    return "\"" + proof.path(member).asString("") + "\"^^<" + type + ">";
  }
}
