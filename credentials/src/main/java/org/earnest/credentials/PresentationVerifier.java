package org.earnest.credentials;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.credentials.linked.TermCheck;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.model.Presentation;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.proof.Cryptosuites;
import org.earnest.credentials.proof.DataIntegrityProofs;
import org.earnest.credentials.proof.Envelope;
import org.earnest.credentials.proof.Envelopes;
import org.earnest.credentials.proof.Proof;
import tools.jackson.databind.node.ObjectNode;

/**
 * Verifies presentations (VC Data Model 2.0 §4.13): the holder's proof, then every credential, then
 * that there is one where not everybody is believed, then that the proof answers what was asked,
 * which is used up last. Safe for use by many threads.
 */
public final class PresentationVerifier {
  private final CredentialVerifier credentials;
  private final DidResolver resolver;
  private final KnownContexts contexts;
  private final InstantSource clock;
  private final TermCheck terms;
  private final Cryptosuites suites;
  private final Envelopes envelopes;
  private final Challenges challenges;

  PresentationVerifier(
      CredentialVerifier credentials,
      DidResolver resolver,
      KnownContexts contexts,
      InstantSource clock,
      TermCheck terms,
      Cryptosuites suites,
      Envelopes envelopes,
      Challenges challenges) {
    this.credentials = credentials;
    this.resolver = resolver;
    this.contexts = contexts;
    this.clock = clock;
    this.terms = terms;
    this.suites = suites;
    this.envelopes = envelopes;
    this.challenges = challenges;
  }

  /**
   * Verifies a presentation as it was received.
   *
   * @param presentation JSON in UTF-8; the very bytes
   * @param expected what it was asked for by; a proof that names a domain or a challenge is refused
   *     where none was expected, because it was made for somebody else
   */
  public PresentationOutcome verify(byte[] presentation, Expected expected) {
    CheckList checks = new CheckList();
    try {
      ObjectNode json =
          checks.make(Stage.JSON, "strict JSON", () -> SignableJson.read(presentation));
      return new PresentationOutcome.Verified(verify(json, expected, checks), checks.made());
    } catch (InvalidCredentialException refused) {
      return new PresentationOutcome.Refused(refused.refusal(), refused.detail(), checks.made());
    }
  }

  private record Shaped(Presentation presentation, List<Proof> proofs) {}

  private VerifiedPresentation verify(ObjectNode json, Expected expected, CheckList checks)
      throws InvalidCredentialException {
    Shaped shaped = checks.make(Stage.SHAPE, "a presentation with a proof", () -> shape(json));
    Did holder = checks.make(Stage.SHAPE, "one holder", () -> holder(shaped));
    FetchBudget budget = new FetchBudget(clock);
    new ProofKeys(resolver, checks, budget).require(holder, shaped.proofs());
    Instant now = clock.instant();
    checks.make(Stage.VALIDITY, "made in time", () -> validity(shaped.proofs(), now));
    List<VerifiedCredential> verified =
        checks.make(
            Stage.CREDENTIALS, "every credential is verified", () -> credentials(shaped, budget));
    if (!credentials.believesEverybody()) {
      checks.find(Stage.POLICY, () -> somebodySays(verified));
    }
    checks.find(Stage.BINDING, () -> binding(shaped.proofs(), expected));
    return new VerifiedPresentation(shaped.presentation(), holder, verified, now);
  }

  private Shaped shape(ObjectNode json) throws InvalidCredentialException {
    if (Envelopes.isPresentation(json)) {
      Envelope envelope = envelopes.open(json);
      Presentation presentation = Presentation.parse(envelope.document(), contexts);
      terms.require(bare(envelope.document()));
      return new Shaped(presentation, List.of(envelope.proof()));
    }
    Presentation presentation = Presentation.parse(json, contexts);
    List<Proof> proofs =
        DataIntegrityProofs.read(json, VerificationRelationship.AUTHENTICATION, suites);
    terms.require(bare(json));
    ObjectNode vouchedFor = DataIntegrityProofs.vouchedFor(json, proofs);
    if (!vouchedFor.equals(json)) {
      presentation = Presentation.parse(vouchedFor, contexts);
      terms.require(bare(vouchedFor));
    }
    return new Shaped(presentation, proofs);
  }

  /** Without the credentials, whose terms are judged one by one. */
  private static ObjectNode bare(ObjectNode json) {
    ObjectNode bare = json.deepCopy();
    bare.remove("verifiableCredential");
    return bare;
  }

  private static Did holder(Shaped shaped) throws InvalidCredentialException {
    Did prover = shaped.proofs().getFirst().verificationMethod().did();
    Did holder = shaped.presentation().holder().orElse(prover);
    if (!shaped.proofs().stream().allMatch(proof -> ProofKeys.isOf(holder, proof))) {
      throw new InvalidCredentialException(
          CredentialRefusal.HOLDER_MISMATCH, "somebody else than the holder made the proof");
    }
    return holder;
  }

  private static boolean validity(List<Proof> proofs, Instant now)
      throws InvalidCredentialException {
    for (Proof proof : proofs) {
      ValidityTimes.require(proof, now);
    }
    return true;
  }

  private List<VerifiedCredential> credentials(Shaped shaped, FetchBudget budget)
      throws InvalidCredentialException {
    List<VerifiedCredential> verified = new ArrayList<>();
    for (ObjectNode credential : shaped.presentation().credentials()) {
      try {
        verified.add(credential(credential, shaped, budget));
      } catch (InvalidCredentialException refused) {
        throw new InvalidCredentialException(
            refused.refusal(), "credential " + (verified.size() + 1) + ": " + refused.detail());
      }
    }
    return verified;
  }

  private VerifiedCredential credential(ObjectNode credential, Shaped shaped, FetchBudget budget)
      throws InvalidCredentialException {
    CheckList own = new CheckList();
    if (credential.has("proof") || Envelopes.isCredential(credential)) {
      return credentials.verify(credential, Expected.NOTHING, own, budget);
    }
    // What the holder says itself is secured by its own proof (§4.13.3).
    Optional<Did> named = shaped.presentation().holder();
    return credentials.selfAsserted(credential, named, shaped.proofs(), own, budget);
  }

  /** The policy was asked of each credential, and of none where there is none. */
  private static String somebodySays(List<VerifiedCredential> verified)
      throws InvalidCredentialException {
    if (verified.isEmpty()) {
      throw new InvalidCredentialException(
          CredentialRefusal.NOT_TRUSTED,
          "it holds no credential, so that nobody who is trusted says anything");
    }
    return "every credential is of an issuer who is believed";
  }

  private String binding(List<Proof> proofs, Expected expected) throws InvalidCredentialException {
    for (Proof proof : proofs) {
      expected.requireMet(proof);
      expected.requireNothingElse(proof);
    }
    expected.consume(challenges);
    return expected.equals(Expected.NOTHING) ? "nothing was asked for" : "as was asked for";
  }
}
