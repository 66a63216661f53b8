package org.earnest.credentials.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.multibase.Multibase;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.earnest.core.identity.DidUrl;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.linked.LinkedData;
import org.earnest.credentials.model.KnownContexts;
import org.earnest.credentials.model.SignableJson;
import org.earnest.credentials.selective.BaseProofValue;
import org.earnest.credentials.selective.DisclosedProofValue;
import org.earnest.credentials.selective.LabelKey;
import org.earnest.credentials.selective.LabelledDocument;
import org.earnest.credentials.selective.Pointers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every step of {@code ecdsa-sd-2023} that the specification publishes values for. */
class EcdsaSdVectorTest {
  private static final LinkedData LINKED = new LinkedData(KnownContexts.base().andInline());
  private static final int PREFIX = 2;
  private final ObjectNode vector = read();
  private final ObjectNode unsecured = (ObjectNode) vector.get("unsecured");
  private final ObjectNode baseProof = (ObjectNode) vector.get("baseProof");
  private final LabelKey labelKey =
      new LabelKey(HexFormat.of().parseHex(vector.get("hmacKeyString").asString()));

  private static ObjectNode read() {
    String name = "/org/earnest/testkit/credentials/ecdsa-sd-2023.json";
    try (InputStream stream =
        Objects.requireNonNull(EcdsaSdVectorTest.class.getResourceAsStream(name))) {
      return SignableJson.read(stream.readAllBytes());
    } catch (IOException | org.earnest.credentials.model.InvalidCredentialException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  private static List<Integer> numbers(JsonNode array) {
    return array.valueStream().map(JsonNode::asInt).toList();
  }

  private LocalSigner signer(String pair, DidUrl method) {
    byte[] key =
        Multibase.BASE_58_BTC.decode(vector.at("/" + pair + "/privateKeyMultibase").asString());
    return LocalSigner.of(method, KeyType.P256, Arrays.copyOfRange(key, PREFIX, key.length));
  }

  private LocalSigner baseSigner() {
    return signer("baseKeyPair", DidUrl.parse(baseProof.get("verificationMethod").asString()));
  }

  private VerificationKey baseKey() {
    return VerificationKey.parse(vector.at("/baseKeyPair/publicKeyMultibase").asString())
        .orElseThrow();
  }

  private Pointers pointers(String name) throws Exception {
    return Pointers.of(texts(vector.get(name)));
  }

  @Test
  void statementsAreLabelledAndOrdered() throws Exception {
    assertThat(LabelledDocument.of(unsecured, labelKey, LINKED).quads())
        .isEqualTo(texts(vector.get("quads")));
  }

  @Test
  void pointersGroupThem() throws Exception {
    LabelledDocument document = LabelledDocument.of(unsecured, labelKey, LINKED);
    Pointers mandatory = pointers("mandatoryPointers");
    Pointers selective = pointers("selectivePointers");
    assertThat(document.select(mandatory).stream())
        .containsExactlyElementsOf(numbers(vector.get("mandatoryIndexes")));
    assertThat(document.select(selective).stream())
        .containsExactlyElementsOf(numbers(vector.get("selectiveIndexes")));
    assertThat(document.select(mandatory.and(selective)).stream())
        .containsExactlyElementsOf(numbers(vector.get("combinedIndexes")));
    assertThat(document.reveal(mandatory.and(selective))).isEqualTo(vector.get("revealed"));
  }

  /** With the published keys, the very bytes: the hashes, all signatures and their spelling. */
  @Test
  void theBaseProofIsThePublishedOne() throws Exception {
    LocalSigner proofSigner = signer("proofKeyPair", baseSigner().verificationMethod());
    EcdsaSdCryptosuite suite =
        new EcdsaSdCryptosuite(
            LINKED,
            pointers("mandatoryPointers"),
            () -> new BaseProofSecrets(labelKey, proofSigner));
    ObjectNode options = baseProof.deepCopy();
    options.remove("proofValue");
    assertThat(suite.prove(unsecured, options, baseSigner())).isEqualTo(baseProof);
  }

  @Test
  void theDerivedProofIsThePublishedOne() throws Exception {
    ObjectNode derived =
        EcdsaSdCryptosuite.of(LINKED).derive(unsecured, baseProof, pointers("selectivePointers"));
    ObjectNode expected = vector.get("revealed").deepCopy().asObject();
    expected.set("proof", derivedProof());
    assertThat(derived).isEqualTo(expected);
  }

  private ObjectNode derivedProof() {
    return baseProof.deepCopy().put("proofValue", vector.get("derivedProofValue").asString());
  }

  @Test
  void thePublishedDerivedProofVerifies() throws Exception {
    EcdsaSdCryptosuite suite = EcdsaSdCryptosuite.of(LINKED);
    ObjectNode revealed = (ObjectNode) vector.get("revealed");
    suite.requireWellFormed(derivedProof().get("proofValue").asString());
    assertThat(suite.verifies(revealed, derivedProof(), baseKey())).isTrue();
    ObjectNode later = derivedProof().put("created", "2023-08-15T23:36:39Z");
    assertThat(suite.verifies(revealed, later, baseKey())).isFalse();
    ObjectNode other = revealed.deepCopy();
    ((ObjectNode) other.at("/credentialSubject/boards/1")).put("year", 2020);
    assertThat(suite.verifies(other, derivedProof(), baseKey())).isFalse();
  }

  @Test
  void proofValuesAreWrittenAsTheyWereRead() throws Exception {
    String base = baseProof.get("proofValue").asString();
    String derived = vector.get("derivedProofValue").asString();
    assertThat(BaseProofValue.parse(base).write()).isEqualTo(base);
    assertThat(DisclosedProofValue.parse(derived).write()).isEqualTo(derived);
  }
}
