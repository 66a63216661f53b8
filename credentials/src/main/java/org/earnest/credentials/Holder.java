package org.earnest.credentials;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidSigner;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.jose.JwtEnvelope;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.linked.TermCheck;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.model.Presentation;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.proof.Cryptosuite;
import org.earnest.credentials.proof.Envelopes;
import org.earnest.credentials.proof.ProofOptions;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Presents credentials to whoever asks, each time by a proof for that asker (VC Data Model 2.0
 * §4.13). Safe for use by many threads.
 */
public final class Holder {
  private final Supplier<DidSigner> signers;
  private final Did did;
  private final Cryptosuite suite;
  private final KnownContexts contexts;
  private final TermCheck terms;
  private final SelectiveDisclosure disclosure;
  private final InstantSource clock;

  /**
   * A holder of one key.
   *
   * @param signer whose document lists the key under {@code authentication}, and whose key the
   *     suite knows
   */
  public Holder(DidSigner signer, Cryptosuite suite, KnownContexts contexts, InstantSource clock) {
    this(() -> signer, suite, contexts, clock);
  }

  /**
   * A holder whose key may change.
   *
   * @param signers asked once for each presentation; all of one holder, and as one is
   */
  public Holder(
      Supplier<DidSigner> signers, Cryptosuite suite, KnownContexts contexts, InstantSource clock) {
    this(signers, suite, contexts, new LinkedData(contexts), clock);
  }

  private Holder(
      Supplier<DidSigner> signers,
      Cryptosuite suite,
      KnownContexts contexts,
      LinkedData linked,
      InstantSource clock) {
    this(
        signers,
        signers.get().verificationMethod().did(),
        suite,
        contexts,
        new TermCheck(linked),
        new SelectiveDisclosure(contexts, linked),
        clock);
  }

  private Holder(
      Supplier<DidSigner> signers,
      Did did,
      Cryptosuite suite,
      KnownContexts contexts,
      TermCheck terms,
      SelectiveDisclosure disclosure,
      InstantSource clock) {
    this.signers = signers;
    this.did = did;
    this.suite = suite;
    this.contexts = contexts;
    this.terms = terms;
    this.disclosure = disclosure;
    this.clock = clock;
  }

  public Did did() {
    return did;
  }

  public Cryptosuite cryptosuite() {
    return suite;
  }

  /**
   * The same holder by another suite.
   *
   * @param other that knows the key, too
   */
  public Holder by(Cryptosuite other) {
    return new Holder(signers, did, other, contexts, terms, disclosure, clock);
  }

  /** Presents credentials as they were issued. */
  public IssueOutcome present(List<ObjectNode> credentials, Expected asked) {
    return prove(of(credentials), asked);
  }

  /** Presents credentials as they were issued, by {@link #proveJwt}. */
  public IssueOutcome presentJwt(List<ObjectNode> credentials, Expected asked) {
    return proveJwt(of(credentials), asked);
  }

  private static byte[] of(List<ObjectNode> credentials) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("@context").add(KnownContexts.CREDENTIALS_V2);
    json.putArray("type").add(Presentation.BASE_TYPE);
    ArrayNode presented = json.putArray("verifiableCredential");
    credentials.forEach(presented::add);
    return SignableJson.write(json).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Secures a presentation. Where it names no holder, this one is written in.
   *
   * @param unsecured JSON in UTF-8, without proof
   * @param asked what the proof must answer and for whom it is
   */
  public IssueOutcome prove(byte[] unsecured, Expected asked) {
    try {
      ObjectNode json = signable(unsecured);
      ProofOptions options =
          new ProofOptions(
              VerificationRelationship.AUTHENTICATION, asked.challenge(), asked.domain());
      DidSigner signer = signers.get();
      json.set("proof", suite.prove(json, options.by(signer, suite, clock.instant()), signer));
      return new IssueOutcome.Issued(json);
    } catch (InvalidCredentialException refused) {
      return new IssueOutcome.Refused(refused.refusal(), refused.detail());
    }
  }

  /**
   * Secures a presentation as {@code vp+jwt} (Securing Verifiable Credentials using JOSE and COSE
   * §3.1.2), whatever the cryptosuite. Where it names no holder, this one is written in.
   *
   * @param unsecured JSON in UTF-8, without proof and without claims of JWT
   * @param asked whose challenge is the JWT's {@code nonce} and whose domain its {@code aud}
   * @return issued as an {@code EnvelopedVerifiablePresentation}, whose {@code id} holds the JWT
   */
  public IssueOutcome proveJwt(byte[] unsecured, Expected asked) {
    try {
      JwtEnvelope format = JwtEnvelope.PRESENTATION;
      String jwt =
          format.seal(
              signable(unsecured),
              asked.challenge(),
              asked.domain(),
              clock.instant(),
              signers.get());
      return new IssueOutcome.Issued(Envelopes.presentation(format, jwt));
    } catch (InvalidCredentialException refused) {
      return new IssueOutcome.Refused(refused.refusal(), refused.detail());
    }
  }

  /**
   * Makes the part of a credential that is to be shown, with a proof of just that; for credentials
   * with a base proof by {@code ecdsa-sd-2023}. Other proofs beside it are left out, as they are of
   * the whole. To know whether the base proof is good, derive everything ({@code ""}) and verify
   * it.
   *
   * @param credential JSON in UTF-8, as it was issued
   * @param pointers into it (RFC 6901), for what is shown beside what the issuer made mandatory
   */
  public IssueOutcome derive(byte[] credential, List<String> pointers) {
    return disclosure.derive(credential, pointers);
  }

  private ObjectNode signable(byte[] unsecured) throws InvalidCredentialException {
    ObjectNode named = SignableJson.read(unsecured);
    if (!named.has("holder")) {
      named.put("holder", did().value());
    }
    Presentation presentation = Presentation.parse(named, contexts);
    if (presentation.has("proof")) {
      throw new InvalidCredentialException(
          CredentialRefusal.ALREADY_SECURED, "the presentation has a proof already");
    }
    if (!presentation.holder().equals(Optional.of(did()))) {
      throw new InvalidCredentialException(
          CredentialRefusal.HOLDER_MISMATCH, "the holder here is " + did());
    }
    ObjectNode json = presentation.json();
    terms.require(json);
    return json;
  }
}
