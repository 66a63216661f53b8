package org.earnest.credentials.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.multibase.Multibase;
import com.apicatalog.multicodec.codec.KeyCodec;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Objects;
import org.earnest.core.identity.DidUrl;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.model.SignableJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The specification's own vectors. Their issuer is no DID, so the suite is judged by itself. */
class JcsCryptosuiteVectorTest {
  private static final DidUrl ANY_METHOD = DidUrl.parse("did:example:issuer#key");
  private ObjectNode vector;
  private ObjectNode signed;

  @BeforeEach
  void read() throws IOException, InvalidCredentialException {
    try (InputStream resource =
        Objects.requireNonNull(getClass().getResourceAsStream("eddsa-jcs-2022.json"))) {
      vector = SignableJson.read(resource.readAllBytes());
    }
    signed = (ObjectNode) vector.get("signed");
  }

  private String text(String member) {
    return vector.get(member).stringValue();
  }

  private ObjectNode unsecured() {
    ObjectNode document = signed.deepCopy();
    document.remove("proof");
    return document;
  }

  private ObjectNode options() {
    ObjectNode options = ((ObjectNode) signed.get("proof")).deepCopy();
    options.remove("proofValue");
    return options;
  }

  private boolean verifies(ObjectNode document) {
    ObjectNode unsecured = document.deepCopy();
    ObjectNode proof = (ObjectNode) unsecured.remove("proof");
    return JcsCryptosuite.EDDSA_2022.verifies(
        unsecured, proof, VerificationKey.parse(text("publicKeyMultibase")).orElseThrow());
  }

  @Test
  void hashesWhatIsSigned() {
    assertThat(JcsCryptosuite.hashData(KeyType.ED25519, unsecured(), options()))
        .isEqualTo(HexFormat.of().parseHex(text("hashData")));
  }

  @Test
  void verifies() {
    assertThat(verifies(signed)).isTrue();
  }

  @Test
  void signsTheSame() {
    byte[] secret =
        KeyCodec.ED25519_PRIVATE_KEY.decode(
            Multibase.BASE_58_BTC.decode(text("secretKeyMultibase")));
    LocalSigner signer = LocalSigner.of(ANY_METHOD, KeyType.ED25519, secret);
    assertThat(signer.publicKeyMultibase()).isEqualTo(text("publicKeyMultibase"));
    ObjectNode options = options();
    options.remove("@context");
    assertThat(JcsCryptosuite.EDDSA_2022.prove(unsecured(), options, signer))
        .isEqualTo(signed.get("proof"));
  }

  @Test
  void aContextMayBeAppendedToTheDocumentAndNothingElse() {
    ObjectNode appended = signed.deepCopy();
    appended.withArray("@context").add("https://example.com/more");
    assertThat(verifies(appended)).isTrue();

    ObjectNode prepended = signed.deepCopy();
    prepended.withArray("@context").insert(0, "https://example.com/more");
    assertThat(verifies(prepended)).isFalse();

    ObjectNode shortened = signed.deepCopy();
    shortened.withArray("@context").remove(1);
    assertThat(verifies(shortened)).isFalse();

    ObjectNode unbound = signed.deepCopy();
    ((ObjectNode) unbound.get("proof")).putArray("@context");
    assertThat(verifies(unbound)).isFalse();
  }

  @Test
  void aProofWithoutItsContextDoesNotVerify() {
    ObjectNode without = signed.deepCopy();
    ((ObjectNode) without.get("proof")).remove("@context");
    assertThat(verifies(without)).isFalse();
  }
}
