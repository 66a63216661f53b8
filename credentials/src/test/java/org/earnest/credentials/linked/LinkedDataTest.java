package org.earnest.credentials.linked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.model.ShippedContext;
import org.earnest.credentials.model.SignableJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class LinkedDataTest {
  private static final String V2 = "\"https://www.w3.org/ns/credentials/v2\"";
  private final LinkedData linked = new LinkedData(KnownContexts.base().andInline());
  private final TermCheck terms = new TermCheck(linked);

  private static ObjectNode credential(String contexts, String members)
      throws InvalidCredentialException {
    String json =
        "{\"@context\":[" + contexts + "],\"type\":[\"VerifiableCredential\"]," + members + "}";
    return SignableJson.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private void assertRefused(ObjectNode document, CredentialRefusal refusal) {
    for (ThrowableAssert.ThrowingCallable read : reads(document)) {
      assertThatExceptionOfType(InvalidCredentialException.class)
          .isThrownBy(read)
          .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }
  }

  private List<ThrowableAssert.ThrowingCallable> reads(ObjectNode document) {
    return List.of(() -> terms.require(document), () -> linked.canonicalize(document, "SHA-256"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"credentialSubject\":{\"colour\":\"red\"}",
        "\"credentialSubject\":{\"name\":\"x\",\"inner\":{\"name\":\"y\"}}",
        "\"colour\":\"red\"",
        "\"credentialSubject\":{\"type\":\"Person\",\"name\":\"x\"}",
        "\"evidence\":{\"type\":[\"Document\"]}"
      })
  void whatHasNoMeaningIsRefused(String members) throws Exception {
    assertRefused(credential(V2, members), CredentialRefusal.UNDEFINED_TERM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"https://evil.example/name\"}",
        "{\"type\":\"https://evil.example/type\"}",
        "{\"VerifiableCredential\":\"https://evil.example/vc\"}",
        "{\"id\":\"https://evil.example/id\"}",
        "null"
      })
  void aProtectedTermKeepsItsMeaning(String context) throws Exception {
    assertRefused(
        credential(V2 + "," + context, "\"credentialSubject\":{\"name\":\"x\"}"),
        CredentialRefusal.UNDEFINED_TERM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"https://evil.example/context\"",
        "{\"@import\":\"https://evil.example/context\"}",
        "{\"colour\":{\"@id\":\"urn:c\",\"@context\":\"http://169.254.169.254/latest\"}}"
      })
  void noContextIsFetched(String context) throws Exception {
    ObjectNode document =
        credential(V2 + "," + context, "\"credentialSubject\":{\"colour\":{\"name\":\"x\"}}");
    for (ThrowableAssert.ThrowingCallable read : reads(document)) {
      assertThatThrownBy(read).isInstanceOf(InvalidCredentialException.class);
    }
  }

  @Test
  void whatIsDefinedHasAMeaningAndWhatIsRelativeIsNoStatement() throws Throwable {
    ObjectNode defined =
        credential(
            V2 + ",{\"colour\":\"urn:colour\",\"Person\":\"urn:Person\"}",
            "\"credentialSubject\":{\"type\":\"Person\",\"colour\":\"red\"}");
    for (ThrowableAssert.ThrowingCallable read : reads(defined)) {
      read.call();
    }
    ObjectNode relative = credential(V2, "\"credentialSubject\":{\"id\":\"me\",\"name\":\"x\"}");
    assertThatThrownBy(() -> linked.canonicalize(relative, "SHA-256"))
        .isInstanceOf(InvalidCredentialException.class);
  }

  @Test
  void oneSkeletonsGoodAnswerIsNotAnothers() throws Exception {
    terms.require(credential(V2, "\"credentialSubject\":{\"name\":\"x\"}"));
    terms.require(credential(V2, "\"credentialSubject\":{\"name\":\"y\"}"));
    for (String other :
        List.of(
            "\"credentialSubject\":{\"name\":\"x\",\"colour\":\"y\"}",
            "\"credentialSubject\":{\"type\":\"x\"}",
            "\"credentialSubject\":{\"colour\":\"x\"}")) {
      assertThatThrownBy(() -> terms.require(credential(V2, other)))
          .isInstanceOf(InvalidCredentialException.class);
    }
  }

  /** Statements are what is signed, so whoever holds a credential may write them otherwise. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"https://www.w3.org/2018/credentials#validUntil\":\"2020-01-01T00:00:00Z\"",
        "\"_:admin\":\"yes\"",
        "\"schema:name\":\"x\"",
        "\"@type\":\"VerifiablePresentation\"",
        "\"@id\":\"urn:a:1\"",
        "\"@index\":\"x\"",
        "\"@included\":[{\"name\":\"x\"}]",
        "\"evidence\":{\"type\":\"VerifiableCredential\",\"@id\":\"urn:a:1\"}",
        "\"id\":\"urn:a:1\",\"evidence\":{\"id\":\"urn:a:1\",\"name\":\"x\"}"
      })
  void whatIsNotWrittenInTermsIsRefused(String members) throws Exception {
    assertRefused(credential(V2, members), CredentialRefusal.UNDEFINED_TERM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"until\":\"https://www.w3.org/2018/credentials#validUntil\"}",
        "{\"c\":\"https://www.w3.org/2018/\",\"until\":{\"@id\":\"c:credentials#validUntil\"}}",
        "{\"@vocab\":\"https://www.w3.org/2018/credentials#valid\",\"until\":\"Until\"}",
        "{\"until\":\"validUntil\"}",
        "{\"until\":\"@type\"}",
        "{\"until\":\"type\"}",
        "{\"until\":{\"@id\":\"@id\"}}",
        "{\"until\":\"@index\"}",
        "{\"until\":\"_:blank\"}",
        "{\"until\":null}",
        "{\"until\":{\"@id\":\"urn:u\",\"@container\":\"@index\"}}",
        "{\"until\":{\"@reverse\":\"urn:u\"}}"
      })
  void aContextInPlaceHidesNothing(String context) throws Exception {
    ObjectNode document = credential(V2 + "," + context, "\"until\":\"2020-01-01T00:00:00Z\"");
    assertRefused(document, CredentialRefusal.UNDEFINED_TERM);
  }

  /** The processor drops such a name, and what is dropped is not signed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"id\":\"@foo\"",
        "\"issuer\":\"@foo\"",
        "\"issuer\":{\"id\":\"@foo\",\"name\":\"x\"}",
        "\"credentialStatus\":[\"@foo\"]",
        "\"credentialSubject\":{\"type\":[\"VerifiableCredential\",\"@foo\"],\"name\":\"x\"}",
        "\"name\":{\"@value\":\"x\",\"@type\":\"@foo\"}"
      })
  void whatLooksLikeAKeywordIsNoName(String members) throws Exception {
    assertRefused(credential(V2, members), CredentialRefusal.UNDEFINED_TERM);
  }

  @Test
  void aTextMayLookLikeAKeyword() throws Throwable {
    ObjectNode document = credential(V2, "\"credentialSubject\":{\"name\":\"@alice\"}");
    for (ThrowableAssert.ThrowingCallable read : reads(document)) {
      read.call();
    }
  }

  @Test
  void oneOfTwoStatusesCannotBeMovedNorAMemberOfOne() throws Exception {
    String entry =
        "\"type\":\"BitstringStatusListEntry\",\"statusPurpose\":\"revocation\","
            + "\"statusListIndex\":\"7\",\"statusListCredential\":\"https://a.example/1\"";
    String two = "\"credentialStatus\":[{" + entry + "},{\"id\":\"urn:a:2\"," + entry + "}]";
    String inline =
        ",{\"moved\":\"https://www.w3.org/2018/credentials#credentialStatus\","
            + "\"size\":\"https://www.w3.org/ns/credentials/status#statusSize\"}";
    terms.require(credential(V2 + inline, two));
    linked.canonicalize(credential(V2 + inline, two), "SHA-256");
    String moved =
        "\"credentialStatus\":[{" + entry + "}],\"moved\":{\"id\":\"urn:a:2\"," + entry + "}";
    assertRefused(credential(V2 + inline, moved), CredentialRefusal.UNDEFINED_TERM);
    String nothing =
        "\"credentialStatus\":[{" + entry + "},{\"@value\":null}],\"moved\":{" + entry + "}";
    assertRefused(credential(V2 + inline, nothing), CredentialRefusal.UNDEFINED_TERM);
    String size = "\"credentialStatus\":{\"size\":2," + entry + "}";
    assertRefused(credential(V2 + inline, size), CredentialRefusal.UNDEFINED_TERM);
  }

  /** A clique of nodes that nothing tells apart: its canonical order takes exponential time. */
  @Test
  void aHostileGraphIsRefusedSoon() throws Exception {
    ObjectNode document = credential(V2 + ",{\"@vocab\":\"urn:v#\"}", "\"name\":\"x\"");
    ArrayNode nodes = document.putArray("nodes");
    int size = 12;
    for (int from = 0; from < size; from++) {
      ObjectNode node = nodes.addObject().put("id", "_:n" + from);
      ArrayNode to = node.putArray("to");
      for (int other = 0; other < size; other++) {
        if (other != from) {
          to.addObject().put("id", "_:n" + other);
        }
      }
    }
    Assertions.assertThatCode(
            () ->
                org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                    Duration.ofMinutes(2), () -> linked.canonicalize(document, "SHA-256")))
        .isInstanceOfSatisfying(
            InvalidCredentialException.class,
            refused -> assertThat(refused.refusal()).isEqualTo(CredentialRefusal.TOO_COMPLEX));
  }

  @Test
  void tooManyStatementsOrNamelessNodesAreRefused() throws Exception {
    ObjectNode nameless = credential(V2, "\"name\":\"x\"");
    ArrayNode subjects = nameless.putArray("credentialSubject");
    for (int i = 0; i <= WorkBudget.MAX_BLANK_NODES; i++) {
      subjects.addObject().put("name", "subject " + i);
    }
    ObjectNode many = credential(V2, "\"credentialSubject\":{\"name\":\"x\"}");
    ArrayNode names = many.putArray("name");
    for (int i = 0; i <= WorkBudget.MAX_QUADS; i++) {
      names.add("name " + i);
    }
    for (ObjectNode document : List.of(nameless, many)) {
      assertThatExceptionOfType(InvalidCredentialException.class)
          .isThrownBy(() -> linked.canonicalize(document, "SHA-256"))
          .satisfies(
              refused -> assertThat(refused.refusal()).isEqualTo(CredentialRefusal.TOO_COMPLEX));
    }
  }

  @ParameterizedTest
  @EnumSource(ShippedContext.class)
  void aShippedContextIsTheOneThatIsPinned(ShippedContext context) {
    assertThat(KnownContexts.base().and(context).urls()).contains(context.url());
    byte[] changed =
        (new String(context.document(), StandardCharsets.UTF_8) + " ")
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> KnownContexts.base().and(context.url(), changed, context.sha256()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
