package org.earnest.credentials.proof;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.earnest.core.identity.DidSigner;
import org.earnest.core.identity.VerificationRelationship;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a proof to be made will say.
 *
 * @param challenge whose asker wants to see it
 * @param domain whom it is for
 */
public record ProofOptions(
    VerificationRelationship purpose, Optional<String> challenge, Optional<String> domain) {
  /** A credential's: for anybody. */
  public static final ProofOptions ASSERTION =
      new ProofOptions(
          VerificationRelationship.ASSERTION_METHOD, Optional.empty(), Optional.empty());

  /** The proof without context and value, by this key at this time. */
  public ObjectNode by(DidSigner signer, Cryptosuite suite, Instant now) {
    ObjectNode options =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", DataIntegrityProof.TYPE)
            .put("cryptosuite", suite.name())
            .put("created", now.truncatedTo(ChronoUnit.SECONDS).toString())
            .put("verificationMethod", signer.verificationMethod().toString())
            .put("proofPurpose", purpose.property());
    challenge.ifPresent(text -> options.put("challenge", text));
    domain.ifPresent(text -> options.put("domain", text));
    return options;
  }
}
