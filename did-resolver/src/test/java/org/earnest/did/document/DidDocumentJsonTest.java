package org.earnest.did.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidService;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.VerificationRelationship;
import org.earnest.did.key.KeyDidMethod;
import org.earnest.did.pkh.PkhDidMethod;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DidDocumentJsonTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static DidDocument resolved(DidResolution resolution) {
    return ((DidResolution.Resolved) resolution).document();
  }

  @Test
  void writesAKeyAsMultikey() {
    DidDocument document =
        resolved(
            new KeyDidMethod()
                .resolve(new Did("did:key:z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F")));
    assertThat(DidDocumentJson.write(document))
        .isEqualTo(
            JSON.readTree(
                """
                {"@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
                 "id": "did:key:z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F",
                 "verificationMethod": [{
                   "id": "did:key:z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F#z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F",
                   "type": "Multikey",
                   "controller": "did:key:z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F",
                   "publicKeyMultibase": "z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F"}],
                 "keyAgreement": ["did:key:z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F#z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F"]}
                """));
  }

  @Test
  void writesAnAccountAsRecoveryMethod() {
    String account = "eip155:1:0xb9c5714089478a327f09197987f16f9e5d936e8a";
    var json =
        DidDocumentJson.write(resolved(new PkhDidMethod().resolve(new Did("did:pkh:" + account))));
    assertThat(json.at("/verificationMethod/0/type").asString())
        .isEqualTo("EcdsaSecp256k1RecoveryMethod2020");
    assertThat(json.at("/verificationMethod/0/blockchainAccountId").asString()).isEqualTo(account);
    assertThat(json.at("/authentication/0").asString())
        .isEqualTo("did:pkh:" + account + "#blockchainAccountId");
    assertThat(json.has("service")).isFalse();
    assertThat(json.has("keyAgreement")).isFalse();
  }

  @Test
  void writesNamesAndServicesInAStableOrder() {
    Did did = new Did("did:example:1");
    Map<VerificationRelationship, Set<DidUrl>> none = new EnumMap<>(VerificationRelationship.class);
    var json =
        DidDocumentJson.write(
            new DidDocument(
                did,
                Set.of("b", "a", "c"),
                List.of(),
                none,
                List.of(new DidService(did + "#x402", "X402", "https://example.com/pay"))));
    assertThat(json.get("alsoKnownAs").toString()).isEqualTo("[\"a\",\"b\",\"c\"]");
    assertThat(json.at("/service/0/serviceEndpoint").asString())
        .isEqualTo("https://example.com/pay");
  }
}
