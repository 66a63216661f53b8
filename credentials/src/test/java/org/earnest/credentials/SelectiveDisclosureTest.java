package org.earnest.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.earnest.credentials.CredentialFixture.CLOCK;
import static org.earnest.credentials.CredentialFixture.NOW;
import static org.earnest.credentials.CredentialFixture.bytes;
import static org.earnest.credentials.SelectiveFixture.SUITE;
import static org.earnest.credentials.SelectiveFixture.derived;
import static org.earnest.credentials.SelectiveFixture.holder;
import static org.earnest.credentials.SelectiveFixture.issued;

import java.time.Duration;
import java.util.List;
import org.earnest.credentials.VerificationCheck.Stage;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.proof.EcdsaSdCryptosuite;
import org.earnest.credentials.proof.JcsCryptosuite;
import org.earnest.credentials.proof.ProofOptions;
import org.earnest.credentials.selective.Pointers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class SelectiveDisclosureTest {
  private final SelectiveFixture fixture = new SelectiveFixture();

  private static ObjectNode unsecured() {
    ObjectNode json =
        AgentContext.credential(
            "AgentCertificationCredential",
            NOW.minus(Duration.ofDays(1)),
            NOW.plus(Duration.ofDays(1)));
    ArrayNode subjects = json.putArray("credentialSubject");
    ObjectNode one = subjects.addObject().put("id", "did:example:one");
    one.put("standard", "ISO 26262").put("standardLevel", "ASIL-B");
    one.putArray("settled")
        .add(one.objectNode().put("volume", "111").put("closed", 1))
        .add(one.objectNode().put("volume", "222").put("closed", 2))
        .add(one.objectNode().put("volume", "333").put("closed", 3));
    subjects.addObject().put("standard", "ISO 9001").put("standardLevel", "none");
    return json;
  }

  private ObjectNode base(String... mandatory) {
    return issued(fixture.issuer(mandatory).issue(bytes(unsecured())));
  }

  private VerifiedCredential verified(ObjectNode credential) {
    VerificationOutcome outcome = fixture.verify(credential);
    assertThat(outcome).isInstanceOf(VerificationOutcome.Verified.class);
    return ((VerificationOutcome.Verified) outcome).credential();
  }

  private void assertRefused(ObjectNode credential, CredentialRefusal refusal) {
    Refusals.assertRefused(fixture.verify(credential), refusal);
  }

  private static void assertUnderivable(
      ObjectNode credential, CredentialRefusal refusal, String... pointers) {
    assertThat(holder().derive(bytes(credential), List.of(pointers)))
        .isInstanceOfSatisfying(
            IssueOutcome.Refused.class,
            refused -> assertThat(refused.refusal()).as(refused.detail()).isEqualTo(refusal));
  }

  @Test
  void whatIsSelectedIsShownAndNothingElse() {
    ObjectNode shown = verified(derived(base(), "/credentialSubject/0/settled/1/volume")).json();

    assertThat(shown.at("/credentialSubject/0/settled").size()).isOne();
    assertThat(shown.at("/credentialSubject/0/settled/0/volume").asString()).isEqualTo("222");
    assertThat(shown.at("/credentialSubject/0/id").asString()).isEqualTo("did:example:one");
    assertThat(shown.get("validUntil")).isNotNull();
    assertThat(shown.get("type")).isEqualTo(unsecured().get("type"));
    assertThat(SignableJson.write(shown)).doesNotContain("111", "333", "ISO", "ASIL", "closed");
  }

  @Test
  void whatIsMandatoryIsAlwaysShown() {
    ObjectNode base = base("/credentialSubject/0/standard", "/credentialSubject/0/settled/2");
    ObjectNode least = verified(derived(base)).json();
    assertThat(SignableJson.write(least))
        .contains("ISO 26262", "333")
        .doesNotContain("222", "ASIL");
    ObjectNode more = verified(derived(base, "/credentialSubject/0/settled/0")).json();
    assertThat(SignableJson.write(more)).contains("ISO 26262", "333", "111").doesNotContain("222");
  }

  @Test
  void aHolderMayShowEverything() {
    ObjectNode base = base();
    ObjectNode whole = derived(base, "");
    assertThat(whole.get("credentialSubject")).isEqualTo(base.get("credentialSubject"));
    verified(whole);
  }

  @Test
  void whatTheIssuerGaveTheHolderIsNoProofToShow() {
    Refusals.assertRefused(
        fixture.verify(base()), CredentialRefusal.PROOF_NOT_DERIVED, Stage.SHAPE);
  }

  @Test
  void whatIsShownCannotBeDerivedFromAgain() {
    assertUnderivable(derived(base(), ""), CredentialRefusal.PROOF_MALFORMED);
  }

  @Test
  void whatIsNoCredentialIsNotDerived() {
    assertUnderivable(base(), CredentialRefusal.INVALID_CREDENTIAL, "/type");
  }

  @Test
  void whatIsChangedDoesNotVerify() {
    ObjectNode shown =
        derived(base("/credentialSubject/0/standard"), "/credentialSubject/0/settled");
    verified(shown);
    ObjectNode mandatory = shown.deepCopy();
    ((ObjectNode) mandatory.at("/credentialSubject/0")).put("standard", "ISO 26263");
    assertRefused(mandatory, CredentialRefusal.PROOF_INVALID);
    ObjectNode selected = shown.deepCopy();
    ((ObjectNode) selected.at("/credentialSubject/0/settled/0")).put("volume", "999");
    assertRefused(selected, CredentialRefusal.PROOF_INVALID);
    ObjectNode added = shown.deepCopy();
    ((ObjectNode) added.at("/credentialSubject/0")).put("standardLevel", "ASIL-D");
    assertRefused(added, CredentialRefusal.PROOF_INVALID);
    ObjectNode other = shown.deepCopy();
    ((ObjectNode) other.at("/credentialSubject/0")).put("id", "did:example:two");
    assertRefused(other, CredentialRefusal.PROOF_INVALID);
  }

  @Test
  void whatIsMandatoryCannotBeLeftOut() {
    ObjectNode shown =
        derived(base("/credentialSubject/0/standard"), "/credentialSubject/0/settled");
    for (String name : List.of("validUntil", "validFrom")) {
      ObjectNode dropped = shown.deepCopy();
      dropped.remove(name);
      assertRefused(dropped, CredentialRefusal.PROOF_INVALID);
    }
    ObjectNode dropped = shown.deepCopy();
    ((ObjectNode) dropped.at("/credentialSubject/0")).remove("standard");
    assertRefused(dropped, CredentialRefusal.PROOF_INVALID);
  }

  /** Statements are signed, but names are read. */
  @Test
  void aPropertyCannotBeWrittenByAnotherName() {
    ObjectNode renamed = derived(base(), "");
    ObjectNode value = renamed.putObject("https://www.w3.org/2018/credentials#validUntil");
    value.set("@value", renamed.remove("validUntil"));
    value.put("@type", "http://www.w3.org/2001/XMLSchema#dateTime");
    assertRefused(renamed, CredentialRefusal.UNDEFINED_TERM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/__proto__",
        "/constructor",
        "/credentialSubject/__proto__",
        "/credentialSubject/2",
        "/credentialSubject/-",
        "/credentialSubject/-1",
        "/credentialSubject/00",
        "/credentialSubject/standard",
        "/credentialSubject/0/standard/length",
        "/credentialSubject/0/settled/99999999999999999999",
        "/@context/0",
        "/proof",
        "credentialSubject",
        "/credentialSubject/0/~2",
        "/credentialSubject/0/~",
        "#/credentialSubject"
      })
  void aPointerThatLeadsToNothingIsRefused(String pointer) {
    assertUnderivable(base(), CredentialRefusal.SELECTION_INVALID, pointer);
    assertThatThrownBy(
            () -> {
              Pointers mandatory = Pointers.of(List.of(pointer));
              ObjectNode options = ProofOptions.ASSERTION.by(fixture.signer, SUITE, NOW);
              SUITE.mandatory(mandatory).prove(unsecured(), options, fixture.signer);
            })
        .isInstanceOfSatisfying(
            InvalidCredentialException.class,
            refused ->
                assertThat(refused.refusal()).isEqualTo(CredentialRefusal.SELECTION_INVALID));
  }

  @Test
  void pointersAreBounded() {
    ObjectNode base = base();
    String[] many = new String[129];
    for (int index = 0; index < many.length; index++) {
      many[index] = "/" + index;
    }
    assertUnderivable(base, CredentialRefusal.SELECTION_INVALID, many);
    assertUnderivable(base, CredentialRefusal.SELECTION_INVALID, "/a".repeat(33));
    assertUnderivable(base, CredentialRefusal.SELECTION_INVALID, "/" + "a".repeat(1_024));
  }

  @Test
  void aPartThatSaysSomethingElseAloneIsNotDisclosed() {
    ObjectNode json = unsecured();
    json.putObject("name").put("@value", "Zeugnis").put("@language", "de");
    ObjectNode base = issued(fixture.issuer().issue(bytes(json)));
    assertUnderivable(base, CredentialRefusal.SELECTION_INVALID, "/name/@value");
    ObjectNode shown = derived(base, "/name", "/credentialSubject/0/id");
    assertThat(verified(shown).json().get("name")).isEqualTo(json.get("name"));
  }

  @Test
  void whatHasNoPartsIsNotIssued() {
    KnownContexts inline = SelectiveFixture.CONTEXTS.andInline();
    CredentialIssuer issuer =
        new CredentialIssuer(
            fixture.signer, EcdsaSdCryptosuite.of(new LinkedData(inline)), inline, CLOCK);
    ObjectNode list = unsecured();
    ObjectNode ordered = list.withArray("@context").addObject().putObject("steps");
    ordered.put("@id", "https://example.org/steps").put("@container", "@list");
    list.putArray("steps").add("one").add("two");
    ObjectNode literal = unsecured();
    ObjectNode json = literal.withArray("@context").addObject().putObject("raw");
    json.put("@id", "https://example.org/raw").put("@type", "@json");
    literal.putObject("raw").putObject("inner").put("a", 1);
    ObjectNode labelled = unsecured();
    ((ObjectNode) labelled.at("/credentialSubject/1")).put("id", "_:b0");
    for (ObjectNode undivided : List.of(list, literal)) {
      assertThat(issuer.issue(bytes(undivided)))
          .isInstanceOfSatisfying(
              IssueOutcome.Refused.class,
              refused ->
                  assertThat(refused.refusal())
                      .as(refused.detail())
                      .isEqualTo(CredentialRefusal.SELECTION_INVALID));
    }
    assertThat(issuer.issue(bytes(labelled))).isInstanceOf(IssueOutcome.Refused.class);
  }

  @Test
  void otherProofsOfASetAreLeftOut() throws Exception {
    ObjectNode set = base();
    ObjectNode plain = set.deepCopy();
    plain.remove("proof");
    LocalSigner endorser = LocalSigner.randomDidKey(KeyType.P256);
    ObjectNode options = ProofOptions.ASSERTION.by(endorser, JcsCryptosuite.ECDSA_2019, NOW);
    ObjectNode second = JcsCryptosuite.ECDSA_2019.prove(plain, options, endorser);
    ObjectNode first = (ObjectNode) set.get("proof");
    set.putArray("proof").add(first).add(second);

    ObjectNode shown = derived(set, "/credentialSubject/0/standard");

    assertThat(shown.at("/proof/cryptosuite").asString()).isEqualTo("ecdsa-sd-2023");
    verified(shown);
    set.putArray("proof").add(first).add(first);
    assertUnderivable(set, CredentialRefusal.PROOF_UNSUPPORTED);
    set.set("proof", second);
    assertUnderivable(set, CredentialRefusal.PROOF_MISSING);
    set.remove("proof");
    assertUnderivable(set, CredentialRefusal.PROOF_MISSING);
  }

  @Test
  void aProofThatBuildsUponAnotherIsRefused() throws Exception {
    ObjectNode chained = derived(base(), "");
    ObjectNode own = (ObjectNode) chained.remove("proof");
    ObjectNode options = ProofOptions.ASSERTION.by(fixture.signer, JcsCryptosuite.ECDSA_2019, NOW);
    options.put("id", "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33");
    ObjectNode before = JcsCryptosuite.ECDSA_2019.prove(chained, options, fixture.signer);
    own.put("previousProof", before.get("id").asString());
    chained.putArray("proof").add(before).add(own);
    assertRefused(chained, CredentialRefusal.PROOF_UNSUPPORTED);
    ObjectNode base = base();
    ((ObjectNode) base.get("proof")).put("previousProof", "urn:uuid:none");
    assertUnderivable(base, CredentialRefusal.PROOF_UNSUPPORTED);
  }

  @Test
  void presentationsAreNotProvedInParts() {
    Holder other = new Holder(fixture.signer, SUITE, SelectiveFixture.CONTEXTS, CLOCK);
    assertThat(other.present(List.of(), Expected.NOTHING))
        .isInstanceOfSatisfying(
            IssueOutcome.Refused.class,
            refused ->
                assertThat(refused.refusal()).isEqualTo(CredentialRefusal.PROOF_UNSUPPORTED));
  }

  @Test
  void aPresentationCarriesWhatWasDerived() {
    ObjectNode shown = derived(base(), "/credentialSubject/0/standard");
    Holder holder =
        new Holder(fixture.signer, JcsCryptosuite.ECDSA_2019, SelectiveFixture.CONTEXTS, CLOCK);
    ObjectNode presentation = issued(holder.present(List.of(shown), Expected.NOTHING));
    assertThat(
            fixture
                .verifier()
                .build()
                .presentations()
                .verify(bytes(presentation), Expected.NOTHING))
        .isInstanceOf(PresentationOutcome.Verified.class);
  }

  @Test
  void onlyKeysOfP256Issue() {
    LocalSigner p384 = LocalSigner.randomDidKey(KeyType.P384);
    CredentialIssuer issuer = new CredentialIssuer(p384, SUITE, SelectiveFixture.CONTEXTS, CLOCK);
    assertThatThrownBy(() -> issuer.issue(bytes(unsecured())))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
