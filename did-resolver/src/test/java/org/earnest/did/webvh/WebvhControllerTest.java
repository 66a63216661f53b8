package org.earnest.did.webvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidUrl;
import org.earnest.did.document.PublishedDocument;
import org.earnest.did.key.PublicKeyMultibase;
import org.junit.jupiter.api.Test;

/** What controllers write, read as strangers read it. */
class WebvhControllerTest {
  private static final WebvhKey A = new WebvhKey(1);
  private static final WebvhKey B = new WebvhKey(2);
  private static final WebvhKey C = new WebvhKey(3);
  private static final WebvhKey D = new WebvhKey(4);

  private static LogSigner signer(WebvhKey key) {
    return new LogSigner() {
      @Override
      public PublicKeyMultibase key() {
        return PublicKeyMultibase.parse(key.text());
      }

      @Override
      public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(key.secret(), 0, message, 0, message.length, signature, 0);
        return signature;
      }
    };
  }

  private static WebvhController controller(WebvhKey key) {
    return new WebvhController(signer(key), () -> WebvhFixture.NOW);
  }

  private static String approval(WebvhKey witness, String log, Optional<String> before) {
    return new WebvhWitness(signer(witness), () -> WebvhFixture.NOW).approve(log, before);
  }

  private static WebvhController.Published created() {
    return controller(A)
        .create(
            LogWriter.HOST,
            did ->
                PublishedDocument.of(
                    did,
                    PublicKeyMultibase.parse(A.text()),
                    List.of("eip155:1:0x" + "ab".repeat(20) + ":7"),
                    List.of(new PublishedDocument.Service("A2A", "https://agent.example/a2a"))));
  }

  private static DidResolution.Resolved resolved(WebvhController.Published log) {
    return new WebvhFixture()
        .publish(".well-known/did.jsonl", log.text())
        .resolved(log.did().value());
  }

  @Test
  void aNewLogResolves() {
    DidResolution.Resolved found = resolved(created());
    assertThat(found.document().id()).isEqualTo(created().did());
    assertThat(found.document().alsoKnownAs()).hasSize(1);
    assertThat(found.document().services()).hasSize(1);
    assertThat(found.published().orElseThrow()).contains(A.text()).doesNotContain("{SCID}");
  }

  @Test
  void anotherKeyTakesThePlaceOfTheFirst() {
    WebvhController.Published first = created();
    WebvhController.Published second = controller(A).rotate(first.text(), signer(B), List.of());
    DidResolution.Resolved found = resolved(second);
    assertThat(found.document().id()).isEqualTo(first.did());
    assertThat(found.published().orElseThrow()).contains(B.text()).doesNotContain(A.text());
    assertThat(found.metadata().versionId().orElseThrow()).startsWith("2-");
    assertThatThrownBy(() -> controller(A).deactivate(second.text()))
        .hasMessageContaining("may not write");
    WebvhController.Published end = controller(B).deactivate(second.text());
    assertThat(resolved(end).metadata().deactivated()).isTrue();
    assertThatThrownBy(() -> controller(B).deactivate(end.text())).hasMessageContaining("given up");
  }

  @Test
  void keysAreListedAndDroppedUnderTheSameUpdateKey() {
    PublicKeyMultibase first = PublicKeyMultibase.parse(B.text());
    PublicKeyMultibase second = PublicKeyMultibase.parse(C.text());
    WebvhController.Published log = created();
    WebvhController.Published both =
        controller(A)
            .update(
                log.text(),
                document -> PublishedDocument.listing(document, List.of(first, second), List.of()));
    DidResolution.Resolved found = resolved(both);
    assertThat(found.document().id()).isEqualTo(log.did());
    assertThat(found.document().verificationMethods()).hasSize(3);
    for (Set<DidUrl> purpose : found.document().relationships().values()) {
      assertThat(purpose).hasSize(3);
    }
    assertThat(found.document().services()).hasSize(1);
    WebvhController.Published one =
        controller(A)
            .update(
                both.text(),
                document -> PublishedDocument.listing(document, List.of(second), List.of(first)));
    assertThat(resolved(one).published().orElseThrow())
        .contains(A.text(), C.text())
        .doesNotContain(B.text());
    assertThatThrownBy(() -> controller(B).update(one.text(), document -> document))
        .hasMessageContaining("may not write");
  }

  @Test
  void aLogThatPromisesItsKeysIsNotWrittenToByTheSameOne() {
    LogTerms terms = new LogTerms(List.of(PublicKeyMultibase.parse(B.text())), List.of(), 0);
    assertThatThrownBy(() -> controller(A).update(created(terms).text(), document -> document))
        .hasMessageContaining("promises its keys");
  }

  @Test
  void aLogThatDoesNotHoldIsNotWrittenTo() {
    String forged = created().text().replace("A2A", "A2B");
    assertThatThrownBy(() -> controller(A).deactivate(forged))
        .hasMessageContaining("does not hold");
    for (String nothing : new String[] {"", "{}", "no JSON", "[]"}) {
      assertThatThrownBy(() -> controller(A).deactivate(nothing))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> controller(A).create("127.0.0.1", did -> created(did)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static tools.jackson.databind.node.ObjectNode created(String did) {
    return PublishedDocument.of(did, PublicKeyMultibase.parse(A.text()), List.of(), List.of());
  }

  private static WebvhController.Published created(LogTerms terms) {
    return controller(A).create(LogWriter.HOST, terms, WebvhControllerTest::created);
  }

  @Test
  void aPromisedKeyAloneTakesOverAndEndsTheLog() {
    WebvhController.Published first = created(new LogTerms(List.of(signer(B).key()), List.of(), 0));
    assertThatThrownBy(
            () -> controller(A).rotate(first.text(), signer(C), List.of(signer(D).key())))
        .hasMessageContaining("promised another key");
    assertThatThrownBy(() -> controller(A).rotate(first.text(), signer(B), List.of()))
        .hasMessageContaining("the next is needed too");
    assertThatThrownBy(() -> controller(A).deactivate(first.text()))
        .hasMessageContaining("promised another key");
    WebvhController.Published second =
        controller(A).rotate(first.text(), signer(B), List.of(signer(C).key()));
    assertThat(resolved(second).published().orElseThrow())
        .contains(B.text())
        .doesNotContain(A.text());
    WebvhController.Published end = controller(C).deactivate(second.text());
    assertThat(resolved(end).metadata().deactivated()).isTrue();
    assertThat(resolved(end).metadata().versionId().orElseThrow()).startsWith("4-");
  }

  @Test
  void aPromisedKeyTakesOverWhereTheCurrentOneIsLost() {
    WebvhController.Published first = created(new LogTerms(List.of(signer(B).key()), List.of(), 0));
    WebvhController.Published second =
        controller(B).rotate(first.text(), signer(B), List.of(signer(C).key()));
    assertThat(resolved(second).published().orElseThrow())
        .contains(B.text())
        .doesNotContain(A.text());
    assertThatThrownBy(() -> controller(B).rotate(created().text(), signer(B), List.of()))
        .hasMessageContaining("may not write");
  }

  @Test
  void aWitnessDoesNotForgetThatItApprovedAnotherLog() {
    LogTerms terms = new LogTerms(List.of(), List.of(signer(D).key()), 1);
    WebvhController.Published log = created(terms);
    String one = controller(A).rotate(log.text(), signer(B), List.of()).text();
    String other = controller(A).rotate(log.text(), signer(C), List.of()).text();
    Optional<String> approved = Optional.of(approval(D, one, Optional.empty()));
    assertThatThrownBy(() -> approval(D, other, approved))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("approved a version that the log does not have");
  }

  @Test
  void anEntryIsNobodysToResolveBeforeItsWitnessesApprovedIt() {
    LogTerms terms =
        new LogTerms(List.of(), List.of(signer(B).key(), signer(C).key(), signer(D).key()), 2);
    WebvhController.Published log = created(terms);
    WebvhFixture web = new WebvhFixture().publish(".well-known/did.jsonl", log.text());
    String one = approval(B, log.text(), Optional.empty());
    web.witnessed(one).assertInvalid(log.did().value(), "too few witnesses");
    web.witnessed(approval(B, log.text(), Optional.of(one)))
        .assertInvalid(log.did().value(), "too few witnesses");
    String two = approval(D, log.text(), Optional.of(one));
    assertThat(web.witnessed(two).resolved(log.did().value()).document().id()).isEqualTo(log.did());
    WebvhController.Published next = controller(A).rotate(log.text(), signer(A), List.of());
    web.publish(".well-known/did.jsonl", next.text())
        .assertInvalid(log.did().value(), "too few witnesses");
    String both = approval(B, next.text(), Optional.of(approval(D, next.text(), Optional.of(two))));
    assertThat(web.witnessed(both).resolved(log.did().value()).metadata().versionId().orElseThrow())
        .startsWith("2-");
    assertThatThrownBy(() -> approval(A, next.text(), Optional.empty()))
        .hasMessageContaining("does not ask for this key's word");
    assertThatThrownBy(() -> approval(B, next.text(), Optional.of("no list")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LogTerms(List.of(), List.of(signer(B).key()), 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
