package org.earnest.credentials.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.model.SignableJson;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Signatures that the specifications publish, and every one of them spoilt. */
class PublishedVectorsTest {
  private static final String VECTORS = "/org/earnest/testkit/credentials/data-integrity.json";
  private static final LinkedData LINKED = new LinkedData(KnownContexts.shipped());
  private static final Cryptosuites SUITES = Cryptosuites.all(LINKED);

  private record Vector(ObjectNode unsecured, ObjectNode proof, VerificationKey key) {
    static Vector of(JsonNode json) {
      ObjectNode unsecured = (ObjectNode) json.get("signed").deepCopy();
      return new Vector(
          unsecured,
          (ObjectNode) unsecured.remove("proof"),
          VerificationKey.parse(json.get("publicKeyMultibase").stringValue()).orElseThrow());
    }

    Cryptosuite suite() {
      return SUITES.named(proof.get("cryptosuite").stringValue()).orElseThrow();
    }

    String name() {
      return suite().name() + " by " + key.type();
    }

    boolean verifies(ObjectNode document, ObjectNode changed) throws InvalidCredentialException {
      return suite().verifies(document, changed, key);
    }
  }

  private static List<Vector> vectors() throws IOException, InvalidCredentialException {
    try (InputStream stream =
        Objects.requireNonNull(PublishedVectorsTest.class.getResourceAsStream(VECTORS))) {
      return SignableJson.read(stream.readAllBytes())
          .get("vectors")
          .valueStream()
          .map(Vector::of)
          .toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> verify() throws Exception {
    return vectors().stream()
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.name(),
                    () -> {
                      vector.suite().requireWellFormed(vector.proof().get("proofValue").asString());
                      assertThat(vector.verifies(vector.unsecured(), vector.proof())).isTrue();
                    }));
  }

  @TestFactory
  Stream<DynamicTest> spoiltDoNotVerify() throws Exception {
    return vectors().stream()
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.name(),
                    () -> {
                      ObjectNode document = vector.unsecured().deepCopy().put("name", "Other");
                      assertThat(vector.verifies(document, vector.proof())).isFalse();
                      ObjectNode proof =
                          vector.proof().deepCopy().put("created", "2023-02-24T23:36:39Z");
                      assertThat(vector.verifies(vector.unsecured(), proof)).isFalse();
                      ObjectNode challenged = vector.proof().deepCopy().put("challenge", "x");
                      assertThat(vector.verifies(vector.unsecured(), challenged)).isFalse();
                    }));
  }

  /** The statements that are written by hand are those that JSON-LD makes. */
  @TestFactory
  Stream<DynamicTest> thePlainConfigurationIsWhatJsonLdSays() throws Exception {
    return vectors().stream()
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.name(),
                    () -> {
                      ObjectNode whole = vector.proof().deepCopy();
                      whole.remove("proofValue");
                      whole.set("@context", vector.unsecured().get("@context"));
                      assertThat(
                              new String(
                                  ProofConfiguration.canonical(
                                      vector.unsecured(), vector.proof(), "SHA-256", LINKED),
                                  java.nio.charset.StandardCharsets.UTF_8))
                          .isEqualTo(
                              new String(
                                  LINKED.canonicalize(whole, "SHA-256"),
                                  java.nio.charset.StandardCharsets.UTF_8));
                    }));
  }
}
