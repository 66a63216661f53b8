package org.earnest.credentials;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.jose.JwtEnvelope;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.linked.TermCheck;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.proof.Cryptosuite;
import org.earnest.credentials.proof.Envelopes;
import org.earnest.credentials.proof.JcsCryptosuite;
import org.earnest.credentials.proof.ProofOptions;
import org.earnest.credentials.status.BitstringEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Issues credentials of one issuer, secured by a Data Integrity cryptosuite. What {@link
 * CredentialVerifier} would refuse is not signed. Safe for use by many threads.
 */
public final class CredentialIssuer {
  private final Supplier<DidSigner> signers;
  private final Did did;
  private final Cryptosuite suite;
  private final KnownContexts contexts;
  private final LinkedData linked;
  private final TermCheck terms;
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
    this(() -> signer, suite, contexts, clock);
  }

  /**
   * Issues by whichever key signs at the time.
   *
   * @param signers asked once for each credential; all of one issuer, whose keys the suite knows
   */
  public CredentialIssuer(
      Supplier<DidSigner> signers, Cryptosuite suite, KnownContexts contexts, InstantSource clock) {
    this(
        signers,
        signers.get().verificationMethod().did(),
        suite,
        contexts,
        new LinkedData(contexts),
        clock);
  }

  private CredentialIssuer(
      Supplier<DidSigner> signers,
      Did did,
      Cryptosuite suite,
      KnownContexts contexts,
      LinkedData linked,
      InstantSource clock) {
    this(signers, did, suite, contexts, linked, new TermCheck(linked), clock);
  }

  private CredentialIssuer(
      Supplier<DidSigner> signers,
      Did did,
      Cryptosuite suite,
      KnownContexts contexts,
      LinkedData linked,
      TermCheck terms,
      InstantSource clock) {
    this.signers = signers;
    this.did = did;
    this.suite = suite;
    this.contexts = contexts;
    this.linked = linked;
    this.terms = terms;
    this.clock = clock;
  }

  /**
   * The same issuer by another suite, such as {@code ecdsa-sd-2023} with other mandatory pointers.
   *
   * @param other that knows the key, too
   */
  public CredentialIssuer by(Cryptosuite other) {
    return new CredentialIssuer(signers, did, other, contexts, linked, terms, clock);
  }

  /** The same issuer's SD-JWT VCs, whatever the cryptosuite. */
  public SdJwtVcIssuer sdJwts() {
    return new SdJwtVcIssuer(signers.get(), clock);
  }

  public Cryptosuite cryptosuite() {
    return suite;
  }

  public Did issuer() {
    return did;
  }

  /**
   * Secures a credential. Where it names no issuer, this one is written in.
   *
   * @param unsecured JSON in UTF-8, without proof
   */
  public IssueOutcome issue(byte[] unsecured) {
    try {
      return new IssueOutcome.Issued(secured(judged(unsecured)));
    } catch (InvalidCredentialException refused) {
      return new IssueOutcome.Refused(refused.refusal(), refused.detail());
    }
  }

  /**
   * Secures a credential as {@code vc+jwt} (Securing Verifiable Credentials using JOSE and COSE
   * §3.1.1), whatever the cryptosuite. Where it names no issuer, this one is written in.
   *
   * @param unsecured JSON in UTF-8, without proof, and without members that are claims of a JWT
   * @return issued as an {@code EnvelopedVerifiableCredential}, whose {@code id} holds the JWT
   */
  public IssueOutcome issueJwt(byte[] unsecured) {
    try {
      return new IssueOutcome.Issued(enveloped(judged(unsecured)));
    } catch (InvalidCredentialException refused) {
      return new IssueOutcome.Refused(refused.refusal(), refused.detail());
    }
  }

  /**
   * Judges a credential as {@link #issue} would; the key is not used.
   *
   * @param unsecured JSON in UTF-8, without proof
   * @throws InvalidCredentialException for what would be refused
   */
  public SignableCredential signable(byte[] unsecured) throws InvalidCredentialException {
    ObjectNode json = shaped(unsecured);
    return new SignableCredential(this, json, linked.types(json));
  }

  ObjectNode secured(ObjectNode judged) throws InvalidCredentialException {
    DidSigner signer = signers.get();
    judged.set(
        "proof",
        suite.prove(judged, ProofOptions.ASSERTION.by(signer, suite, clock.instant()), signer));
    return judged;
  }

  ObjectNode enveloped(ObjectNode judged) throws InvalidCredentialException {
    JwtEnvelope format = JwtEnvelope.CREDENTIAL;
    return Envelopes.credential(format, format.seal(judged, signers.get()));
  }

  private ObjectNode judged(byte[] unsecured) throws InvalidCredentialException {
    ObjectNode json = shaped(unsecured);
    terms.require(json);
    return json;
  }

  /** But for the meaning of its terms. */
  private ObjectNode shaped(byte[] unsecured) throws InvalidCredentialException {
    ObjectNode json = SignableJson.read(unsecured);
    if (!json.has("issuer")) {
      json.put("issuer", issuer().value());
    }
    Credential credential = Credential.parse(json, contexts);
    if (credential.has("proof")) {
      throw new InvalidCredentialException(
          CredentialRefusal.ALREADY_SECURED, "the credential has a proof already");
    }
    if (credential.isOlder()) {
      throw new InvalidCredentialException(
          CredentialRefusal.INVALID_CREDENTIAL, "credentials of VC Data Model 2.0 are issued only");
    }
    requireReadableStatus(credential);
    if (!credential.issuer().equals(issuer())) {
      throw new InvalidCredentialException(
          CredentialRefusal.ISSUER_MISMATCH, "the issuer here is " + issuer());
    }
    return json;
  }

  /** A status in a list that nobody could read would make the credential worthless. */
  private static void requireReadableStatus(Credential credential)
      throws InvalidCredentialException {
    JsonNode statuses = credential.json().path("credentialStatus");
    for (JsonNode status : statuses.isArray() ? statuses : List.of(statuses)) {
      if (status instanceof ObjectNode entry
          && entry.path("type").asString("").equals(BitstringEntry.TYPE)) {
        BitstringEntry.parse(entry);
      }
    }
  }
}
