package org.earnest.credentials;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidSigner;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.proof.Cryptosuite;
import org.earnest.credentials.proof.DataIntegrityProof;
import org.earnest.credentials.proof.JcsCryptosuite;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Issues credentials of one issuer, secured by a Data Integrity cryptosuite. What {@link
 * CredentialVerifier} would refuse is not signed. Safe for use by many threads.
 */
public final class CredentialIssuer {
  private final DidSigner signer;
  private final Cryptosuite suite;
  private final KnownContexts contexts;
  private final InstantSource clock;

  /** Issues by {@code eddsa-jcs-2022}. */
  public CredentialIssuer(DidSigner signer, KnownContexts contexts, InstantSource clock) {
    this(signer, JcsCryptosuite.EDDSA_2022, contexts, clock);
  }

  /**
   * Issues by a cryptosuite.
   *
   * @param signer whose key the suite knows
   */
  public CredentialIssuer(
      DidSigner signer, Cryptosuite suite, KnownContexts contexts, InstantSource clock) {
    this.signer = signer;
    this.suite = suite;
    this.contexts = contexts;
    this.clock = clock;
  }

  public Did issuer() {
    return signer.verificationMethod().did();
  }

  /**
   * Secures a credential. Where it names no issuer, this one is written in.
   *
   * @param unsecured JSON in UTF-8, without proof
   */
  public IssueOutcome issue(byte[] unsecured) {
    try {
      ObjectNode json = SignableJson.read(unsecured);
      if (!json.has("issuer")) {
        json.put("issuer", issuer().value());
      }
      return new IssueOutcome.Issued(secure(Credential.parse(json, contexts)));
    } catch (InvalidCredentialException refused) {
      return new IssueOutcome.Refused(refused.refusal(), refused.detail());
    }
  }

  private ObjectNode secure(Credential credential) throws InvalidCredentialException {
    absent(credential, "proof", CredentialRefusal.ALREADY_SECURED);
    absent(credential, "credentialStatus", CredentialRefusal.STATUS_UNSUPPORTED);
    absent(credential, "credentialSchema", CredentialRefusal.SCHEMA_UNSUPPORTED);
    if (!credential.issuer().equals(issuer())) {
      throw new InvalidCredentialException(
          CredentialRefusal.ISSUER_MISMATCH, "the issuer here is " + issuer());
    }
    ObjectNode json = credential.json();
    json.set("proof", suite.prove(json, proofOptions(), signer));
    return json;
  }

  private static void absent(Credential credential, String member, CredentialRefusal refusal)
      throws InvalidCredentialException {
    if (credential.has(member)) {
      throw new InvalidCredentialException(refusal, member + " is present and not supported");
    }
  }

  private ObjectNode proofOptions() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", DataIntegrityProof.TYPE)
        .put("cryptosuite", suite.name())
        .put("created", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("verificationMethod", signer.verificationMethod().toString())
        .put("proofPurpose", VerificationRelationship.ASSERTION_METHOD.property());
  }
}
