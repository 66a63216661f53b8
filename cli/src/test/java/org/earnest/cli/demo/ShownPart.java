package org.earnest.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.earnest.cli.host.EarnestHost;
import org.earnest.credentials.model.InvalidCredentialException;
import org.earnest.credentials.sdjwt.SdJwt;
import org.earnest.credentials.settlement.RatingPredicate;
import org.earnest.devnet.DevAccount.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** After the demo: the house states, the holder shows a part, and the house verifies that. */
final class ShownPart {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String STATEMENT = "/agents/2/reputation/credential";
  private static final String SELECTIVE = "?cryptosuite=ecdsa-sd-2023";
  private static final String SD_JWT = "?format=dc%2Bsd-jwt";

  private final EarnestHost host;
  private final RatingPredicate atLeast60Over5;
  private final HttpClient http = HttpClient.newHttpClient();

  ShownPart(EarnestHost host) {
    this.host = host;
    this.atLeast60Over5 = new RatingPredicate(host.contracts().usdcAsset(), 60, 5);
  }

  void run() throws IOException, InterruptedException, InvalidCredentialException {
    JsonNode deals =
        JSON.readTree(get("/deals?party=" + host.chain().account(Role.SELLER).address(), 200))
            .get("deals");
    String receipt = "/deals/" + deals.get(0).get("dealId").asString() + "/legs/0/receipt";
    oneStep();
    oneStepOfAnSdJwt();
    receiptWithoutTheClient(receipt);
    for (String path : new String[] {STATEMENT, receipt}) {
      assertThat(get(path + "?cryptosuite=bbs-2023", 400)).contains("option_unsupported");
      assertThat(get(path + SELECTIVE + "&format=vc%2Bjwt", 400)).contains("option_unsupported");
      assertThat(get(path + "?format=vc%2Bjwt", 200)).contains("EnvelopedVerifiableCredential");
    }
  }

  /** A settled score of at least 0.6 over at least five deals, and nothing else of it. */
  private void oneStep() throws IOException, InterruptedException {
    ObjectNode statement = (ObjectNode) JSON.readTree(get(STATEMENT + SELECTIVE, 200));
    assertThat(verified(statement, 400)).contains("proof_not_derived");

    JsonNode shown = derived(statement, atLeast60Over5.pointerIn(statement).orElseThrow());

    verified(shown, 200);
    assertThat(shown.get("issuer")).isEqualTo(statement.get("issuer"));
    assertThat(shown.get("validUntil")).isEqualTo(statement.get("validUntil"));
    JsonNode about = shown.get("credentialSubject");
    assertThat(about.propertyNames())
        .containsExactlyInAnyOrder(
            "id", "agentId", "ownerEpoch", "blockNumber", "blockHash", "predicate");
    assertThat(about.get("predicate").size()).isOne();
    assertThat(about.at("/predicate/0/averageAtLeast").intValue()).isEqualTo(60);
    assertThat(about.at("/predicate/0/ratedAtLeast").intValue()).isEqualTo(5);
    assertThat(about.at("/blockHash")).isEqualTo(statement.at("/credentialSubject/blockHash"));
    ((ObjectNode) about.at("/predicate/0")).put("ratedAtLeast", 10);
    assertThat(verified(shown, 400)).contains("proof_invalid");
  }

  private void oneStepOfAnSdJwt()
      throws IOException, InterruptedException, InvalidCredentialException {
    SdJwt statement = SdJwt.parse(get(STATEMENT + SD_JWT, 200));
    String pointer = atLeast60Over5.pointerIn(statement).orElseThrow();
    SdJwt shown = statement.disclose(pointer::equals);

    assertThat(shown.disclosures()).hasSize(1);
    verified(JSON.getNodeFactory().stringNode(shown.toString()), 200);
  }

  private void receiptWithoutTheClient(String receipt) throws IOException, InterruptedException {
    JsonNode whole = JSON.readTree(get(receipt + SELECTIVE, 200));
    JsonNode shown = derived(whole, "/credentialSubject/rating");

    verified(shown, 200);
    assertThat(shown.get("credentialSubject").propertyNames())
        .containsExactlyInAnyOrder("id", "escrow", "outcome", "blockNumber", "blockHash", "rating");
    assertThat(shown.toString()).doesNotContain(whole.at("/credentialSubject/client").asString());
  }

  private JsonNode derived(JsonNode credential, String pointer)
      throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    body.set("verifiableCredential", credential);
    body.putObject("options").putArray("selectivePointers").add(pointer);
    return JSON.readTree(post("/credentials/derive", body, 201)).get("verifiableCredential");
  }

  private String verified(JsonNode credential, int status)
      throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    body.set("verifiableCredential", credential);
    return post("/credentials/verify", body, status);
  }

  private String get(String path, int status) throws IOException, InterruptedException {
    return answered(HttpRequest.newBuilder(uri(path)).build(), status);
  }

  private String post(String path, JsonNode body, int status)
      throws IOException, InterruptedException {
    return answered(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build(),
        status);
  }

  private URI uri(String path) {
    return URI.create(host.uri() + path);
  }

  private String answered(HttpRequest request, int status)
      throws IOException, InterruptedException {
    var answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer.body();
  }
}
