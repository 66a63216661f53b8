package org.earnest.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.earnest.cli.issuer.IssuerFolder;
import org.earnest.core.identity.Did;
import org.earnest.credentials.agent.AgentCertification;
import org.earnest.credentials.custody.IssuerKey;
import org.earnest.credentials.key.KeyType;
import org.earnest.kit.submission.OperatorToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a running house signs, by each kind of key, over HTTP. */
record IssuedByHouse(RunningHouse house) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Who issues by which kind of key, from the house's state. */
  static Map<KeyType, Did> issuers(DevHome home) {
    Map<KeyType, Did> issuers = new EnumMap<>(KeyType.class);
    try (IssuerFolder keys = IssuerFolder.openToRead(home.state().resolve("issuer-keys"))) {
      for (IssuerKey key : keys.done(() -> keys.keys().keys())) {
        issuers.put(key.type(), keys.done(() -> keys.keys().id(key)).did());
      }
    }
    assertThat(issuers).hasSize(KeyType.values().length);
    return issuers;
  }

  /** One that can be revoked, by each kind of key. */
  Map<KeyType, JsonNode> signed(Map<KeyType, Did> issuers) throws Exception {
    Map<KeyType, JsonNode> signed = new EnumMap<>(KeyType.class);
    for (var issuer : issuers.entrySet()) {
      String suite = issuer.getKey() == KeyType.ED25519 ? "eddsa-rdfc-2022" : "ecdsa-jcs-2019";
      JsonNode one = issued(issuer.getValue(), suite);
      assertThat(one.at("/proof/cryptosuite").asString()).isEqualTo(suite);
      assertThat(one.at("/proof/verificationMethod").asString())
          .startsWith(issuer.getValue() + "#");
      signed.put(issuer.getKey(), one);
    }
    return signed;
  }

  void isVerified(JsonNode credential) throws Exception {
    posted("/credentials/verify", body(credential), Map.of(), 200);
  }

  /** That it was signed well, and is taken back. */
  void isRevoked(JsonNode credential) throws Exception {
    JsonNode refusal = posted("/credentials/verify", body(credential), Map.of(), 400);
    assertThat(refusal.path("code").asString()).isEqualTo("revoked");
  }

  /** As the operator, who may read the house's state. */
  void revoke(DevHome home, JsonNode credential) throws Exception {
    ObjectNode body = JSON.createObjectNode();
    body.set("credentialId", credential.path("id"));
    body.set("credentialStatus", credential.path("credentialStatus"));
    String authorization = OperatorToken.read(home.state()).authorization();
    posted("/credentials/status", body, Map.of("Authorization", authorization), 200);
  }

  private static ObjectNode body(JsonNode credential) {
    ObjectNode body = JSON.createObjectNode();
    body.set("verifiableCredential", credential);
    return body;
  }

  private JsonNode issued(Did issuer, String suite) throws Exception {
    Instant now = Instant.now();
    ObjectNode credential =
        new AgentCertification(issuer, Optional.empty(), "ISO 26262", Optional.of("ASIL-B"))
            .credential(now.minus(Duration.ofMinutes(1)), now.plus(Duration.ofDays(1)))
            .put("issuer", issuer.value())
            .put("id", "urn:uuid:" + UUID.randomUUID());
    ObjectNode body = JSON.createObjectNode();
    body.set("credential", credential);
    body.putObject("options")
        .put("cryptosuite", suite)
        .putArray("statusPurposes")
        .add("revocation");
    return posted("/credentials/issue", body, Map.of(), 201).path("verifiableCredential");
  }

  private JsonNode posted(String path, ObjectNode body, Map<String, String> headers, int status)
      throws Exception {
    HttpResponse<String> answer = Http.post(house.url(path), body.toString(), headers);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }
}
