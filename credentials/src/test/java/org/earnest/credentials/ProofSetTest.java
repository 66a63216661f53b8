package org.earnest.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earnest.credentials.CredentialFixture.NOW;
import static org.earnest.credentials.CredentialFixture.bytes;
import static org.earnest.credentials.CredentialFixture.unsecured;
import static org.earnest.credentials.Refusals.assertRefused;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.Credential;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.proof.Cryptosuites;
import org.earnest.credentials.proof.DataIntegrityProofs;
import org.earnest.credentials.proof.JcsCryptosuite;
import org.earnest.credentials.proof.Proof;
import org.earnest.credentials.proof.ProofOptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Several proofs of one credential: independent, or each upon another. */
class ProofSetTest {
  private final CredentialFixture fixture = new CredentialFixture();
  private final LocalSigner endorser = LocalSigner.randomDidKey(KeyType.P256);

  private DidResolver resolver() {
    return fixture
        .resolver()
        .with(
            CredentialFixture.document(
                endorser.verificationMethod(),
                endorser.publicKeyMultibase(),
                VerificationRelationship.ASSERTION_METHOD));
  }

  private VerificationOutcome verify(ObjectNode credential) {
    return fixture.verifier(resolver()).verify(bytes(credential));
  }

  private ObjectNode document() {
    return unsecured().put("issuer", fixture.issuer.value());
  }

  private ObjectNode own(ObjectNode document, Consumer<ObjectNode> edit) {
    ObjectNode options = ProofOptions.ASSERTION.by(fixture.signer, JcsCryptosuite.EDDSA_2022, NOW);
    edit.accept(options);
    return JcsCryptosuite.EDDSA_2022.prove(document, options, fixture.signer);
  }

  private ObjectNode endorsed(ObjectNode document, Consumer<ObjectNode> edit) {
    ObjectNode options = ProofOptions.ASSERTION.by(endorser, JcsCryptosuite.ECDSA_2019, NOW);
    edit.accept(options);
    return JcsCryptosuite.ECDSA_2019.prove(document, options, endorser);
  }

  private static ObjectNode with(ObjectNode document, ObjectNode... proofs) {
    ObjectNode secured = document.deepCopy();
    ArrayNode all = secured.putArray("proof");
    for (ObjectNode proof : proofs) {
      all.add(proof);
    }
    return secured;
  }

  @Test
  void everyProofOfASetMustHold() {
    ObjectNode own = own(document(), proof -> {});
    ObjectNode endorsed = endorsed(document(), proof -> {});
    assertThat(verify(with(document(), own, endorsed)))
        .isInstanceOfSatisfying(
            VerificationOutcome.Verified.class,
            verified ->
                assertThat(verified.credential().verificationMethod())
                    .isEqualTo(fixture.signer.verificationMethod()));
    ObjectNode spoilt = endorsed.deepCopy().put("created", "2026-11-20T00:00:00Z");
    assertRefused(verify(with(document(), own, spoilt)), CredentialRefusal.PROOF_INVALID);
    assertRefused(verify(with(document(), endorsed)), CredentialRefusal.ISSUER_MISMATCH);
    assertRefused(verify(with(document())), CredentialRefusal.PROOF_MISSING);
  }

  /** Each maker of a proof has a document to be fetched, and may be slow about it. */
  @Test
  void noFurtherMakersDocumentIsFetchedWhenThoseBeforeTookTooLong() {
    AtomicReference<Instant> now = new AtomicReference<>(NOW);
    AtomicInteger fetched = new AtomicInteger();
    DidResolver resolver = resolver();
    DidResolver slow =
        (did, options) -> {
          fetched.incrementAndGet();
          now.set(now.get().plus(FetchBudget.MAX_DURATION).plusSeconds(1));
          return resolver.resolve(did, options);
        };
    CredentialVerifier verifier =
        CredentialVerifier.builder(slow, AgentContext.known(), now::get).build();
    ObjectNode two =
        with(document(), own(document(), proof -> {}), endorsed(document(), proof -> {}));
    assertRefused(verifier.verify(bytes(two)), CredentialRefusal.STATUS_UNAVAILABLE);
    assertThat(fetched).hasValue(1);
  }

  @Test
  void eachMakerOfAProofCountsOnce() throws Exception {
    Credential credential = Credential.parse(document(), AgentContext.known());
    ObjectNode two =
        with(document(), own(document(), proof -> {}), endorsed(document(), proof -> {}));
    List<Proof> proofs =
        DataIntegrityProofs.read(
            two,
            VerificationRelationship.ASSERTION_METHOD,
            Cryptosuites.all(new LinkedData(AgentContext.known())));
    FetchBudget budget = new FetchBudget(CredentialFixture.CLOCK);
    for (int taken = 0; taken < FetchBudget.MAX_FETCHES / 2; taken++) {
      budget.take(credential, proofs);
    }
    assertThatThrownBy(() -> budget.take(credential, List.of()))
        .isInstanceOf(InvalidCredentialException.class);
  }

  @Test
  void aChainIsBoundToWhatItBuildsUpon() {
    ObjectNode first = own(document(), proof -> proof.put("id", "urn:uuid:1"));
    ObjectNode second =
        endorsed(with(document(), first), proof -> proof.put("previousProof", "urn:uuid:1"));
    assertThat(verify(with(document(), first, second)))
        .isInstanceOf(VerificationOutcome.Verified.class);
    ObjectNode another =
        own(
            document(),
            proof -> proof.put("id", "urn:uuid:1").put("created", "2026-11-20T00:00:00Z"));
    assertRefused(verify(with(document(), another, second)), CredentialRefusal.PROOF_INVALID);
    ObjectNode unbound = second.deepCopy();
    unbound.remove("previousProof");
    assertRefused(verify(with(document(), first, unbound)), CredentialRefusal.PROOF_INVALID);
  }

  @Test
  void aChainNamesOtherProofsOfTheDocumentOnceEach() {
    ObjectNode first = own(document(), proof -> proof.put("id", "urn:uuid:1"));
    ObjectNode lost = endorsed(document(), proof -> proof.put("previousProof", "urn:uuid:2"));
    assertRefused(verify(with(document(), first, lost)), CredentialRefusal.PROOF_MALFORMED);
    ObjectNode itself =
        own(document(), proof -> proof.put("id", "urn:uuid:1").put("previousProof", "urn:uuid:1"));
    assertRefused(verify(with(document(), itself)), CredentialRefusal.PROOF_MALFORMED);
    assertRefused(verify(with(document(), first, first)), CredentialRefusal.PROOF_MALFORMED);
    ObjectNode number = own(document(), proof -> proof.put("previousProof", 1));
    assertRefused(verify(with(document(), number)), CredentialRefusal.PROOF_MALFORMED);
  }

  @Test
  void tooManyProofsAreNotJudged() {
    ObjectNode own = own(document(), proof -> {});
    ObjectNode[] many = new ObjectNode[DataIntegrityProofs.MAX_PROOFS + 1];
    java.util.Arrays.fill(many, own);
    assertRefused(verify(with(document(), many)), CredentialRefusal.PROOF_UNSUPPORTED);
  }
}
