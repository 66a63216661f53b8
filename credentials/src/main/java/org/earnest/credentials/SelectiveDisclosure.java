package org.earnest.credentials;

import java.util.ArrayList;
import java.util.List;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.proof.EcdsaSdCryptosuite;
import org.earnest.credentials.selective.Pointers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Derives the part of a credential to be shown from the issuer's base proof. No key is needed. Safe
 * for use by many threads.
 */
public final class SelectiveDisclosure {
  private final KnownContexts contexts;
  private final EcdsaSdCryptosuite suite;

  /** For credentials whose contexts are these. */
  public SelectiveDisclosure(KnownContexts contexts) {
    this(contexts, new LinkedData(contexts));
  }

  SelectiveDisclosure(KnownContexts contexts, LinkedData linked) {
    this.contexts = contexts;
    this.suite = EcdsaSdCryptosuite.of(linked);
  }

  /**
   * Makes the part.
   *
   * @param credential JSON in UTF-8, as it was issued
   * @param pointers as for {@link Holder#derive}
   */
  public IssueOutcome derive(byte[] credential, List<String> pointers) {
    try {
      return new IssueOutcome.Issued(derived(credential, pointers));
    } catch (InvalidCredentialException refused) {
      return new IssueOutcome.Refused(refused.refusal(), refused.detail());
    }
  }

  private ObjectNode derived(byte[] credential, List<String> pointers)
      throws InvalidCredentialException {
    Pointers selected = Pointers.of(pointers);
    ObjectNode unsecured = SignableJson.read(credential);
    Credential.parse(unsecured, contexts);
    ObjectNode base = base(unsecured.path("proof"));
    unsecured.remove("proof");
    ObjectNode shown = suite.derive(unsecured, base, selected);
    Credential.parse(shown, contexts);
    return shown;
  }

  private ObjectNode base(JsonNode proofs) throws InvalidCredentialException {
    List<ObjectNode> found = new ArrayList<>();
    for (JsonNode proof : proofs.isArray() ? proofs : List.of(proofs)) {
      if (proof instanceof ObjectNode object
          && object.path("cryptosuite").asString("").equals(suite.name())) {
        found.add(object);
      }
    }
    if (found.size() != 1) {
      throw new InvalidCredentialException(
          found.isEmpty() ? CredentialRefusal.PROOF_MISSING : CredentialRefusal.PROOF_UNSUPPORTED,
          "the credential must have one proof by " + suite.name());
    }
    return found.getFirst();
  }
}
