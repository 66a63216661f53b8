package org.earnest.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.cli.host.EarnestHost;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.credentials.CredentialIssuer;
import org.earnest.credentials.IssueOutcome;
import org.earnest.credentials.agent.AgentCapability;
import org.earnest.credentials.agent.AgentContext;
import org.earnest.credentials.delegation.AgentDelegation;
import org.earnest.credentials.delegation.Mandate;
import org.earnest.credentials.delegation.SpendLimit;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.devnet.DevAccount;
import org.earnest.devnet.DevAccount.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** After the demo: what it settled as credentials, and who might have opened its deals. */
final class CredentialChecks {
  /** An anvil calls a block final after 64. */
  private static final int FINAL = 70;

  private final EarnestHost host;
  private final HttpClient http = HttpClient.newHttpClient();

  CredentialChecks(EarnestHost host) {
    this.host = host;
  }

  void run() throws IOException, InterruptedException {
    JsonNode deals = get("/deals?party=" + seller().address()).get("deals");
    assertThat(send(path(deals.get(deals.size() - 1)) + "/legs/0/receipt", Optional.empty()).body())
        .contains("not_final");
    String deal = path(deals.get(0));
    host.chain().mine(FINAL);

    JsonNode receipt = verified(deal + "/legs/0/receipt");
    assertThat(receipt.get("dealId").asString()).isEqualTo(deal.substring("/deals/".length()));
    assertThat(receipt.get("outcome").asString()).isEqualTo("accepted");
    assertThat(receipt.get("rating").intValue()).isPositive();
    assertThat(send(deal + "/legs/9/receipt", Optional.empty()).statusCode()).isEqualTo(404);
    statement();
    authority(get(deal).get("terms"));
  }

  private static String path(JsonNode listed) {
    return "/deals/" + listed.get("dealId").asString();
  }

  private void statement() throws IOException, InterruptedException {
    JsonNode about = verified("/agents/2/reputation/credential");
    JsonNode total =
        get("/agents/2/reputation")
            .at("/totals")
            .valueStream()
            .filter(one -> one.get("role").asString().equals("payee"))
            .findFirst()
            .orElseThrow();
    assertThat(about.at("/settled/0/ratingSum")).isEqualTo(total.get("ratingSum"));
    assertThat(about.at("/settled/0/volume")).isEqualTo(total.get("volume"));
    assertThat(about.get("predicate").valueStream())
        .allSatisfy(
            held ->
                assertThat(total.get("ratingSum").intValue())
                    .isGreaterThanOrEqualTo(
                        held.get("averageAtLeast").intValue() * total.get("rated").intValue()));
    trust(total);
  }

  /** An issuer is believed as long as the agent that stands behind it has settled well enough. */
  private void trust(JsonNode total) throws IOException, InterruptedException {
    LocalSigner issuer = LocalSigner.randomDidKey(KeyType.ED25519);
    Instant now = Instant.now();
    IssueOutcome issued =
        new CredentialIssuer(issuer, AgentContext.known(), InstantSource.system())
            .issue(
                new AgentCapability(
                        issuer.verificationMethod().did(),
                        Optional.empty(),
                        List.of("translation/de-en"))
                    .credential(now.minusSeconds(1), now.plus(Duration.ofDays(1)))
                    .toString()
                    .getBytes(UTF_8));
    ObjectNode credential = ((IssueOutcome.Issued) issued).credential();
    int average = total.get("ratingSum").intValue() / total.get("rated").intValue();
    int rated = total.get("rated").intValue();

    assertThat(believed(credential, AgentCapability.TYPE, "2", average, rated, 200)).isEmpty();
    assertThat(believed(credential, AgentCapability.TYPE, "2", average + 1, rated, 400))
        .isEqualTo("not_trusted");
    assertThat(believed(credential, AgentCapability.TYPE, "2", average, rated + 1, 400))
        .isEqualTo("not_trusted");
    assertThat(believed(credential, AgentCapability.TYPE, "4711", 0, 1, 400))
        .isEqualTo("not_trusted");
    assertThat(believed(credential, "AgentRoleCredential", "2", average, rated, 400))
        .isEqualTo("not_trusted");
  }

  private String believed(
      ObjectNode credential, String type, String agent, int average, int rated, int status)
      throws IOException, InterruptedException {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.set("verifiableCredential", credential);
    ObjectNode trust =
        body.putObject("options")
            .putObject("trustedIssuers")
            .putObject(credential.get("issuer").asString());
    trust.putArray("types").add(type);
    trust
        .putObject("standing")
        .put(
            "agent",
            "%s:%s:%s"
                .formatted(
                    host.chain().chainId(), host.contracts().identityRegistry().hex(), agent))
        .put("asset", host.contracts().usdcAsset().toString())
        .put("averageAtLeast", average)
        .put("ratedAtLeast", rated);
    return json(send("/credentials/verify", Optional.of(body)), status).path("code").asString("");
  }

  /** The buyer has spent since the demo began, so the ledger decides. */
  private void authority(JsonNode terms) throws IOException, InterruptedException {
    LocalSigner principal = LocalSigner.randomDidKey(KeyType.ED25519);
    BigInteger much = BigInteger.TEN.pow(12);

    JsonNode allowed = judged(terms, delegation(principal, much));
    assertThat(allowed.get("allowed").booleanValue()).as(allowed.toString()).isTrue();
    assertThat(allowed.get("principal").asString())
        .isEqualTo(principal.verificationMethod().did().value());
    assertThat(
            judged(terms, delegation(principal, BigInteger.valueOf(30_000_000)))
                .get("code")
                .asString())
        .isEqualTo("over_day_limit");
    assertThat(judged(terms, delegation(principal, BigInteger.ONE)).get("code").asString())
        .isEqualTo("over_deal_limit");
    ObjectNode forged = delegation(principal, BigInteger.ONE);
    ((ObjectNode) forged.get("credentialSubject"))
        .put("perDeal", much.toString())
        .put("perDay", much.toString());
    assertThat(judged(terms, forged).get("code").asString()).isEqualTo("delegation_refused");
  }

  private ObjectNode delegation(LocalSigner principal, BigInteger perDay) {
    Instant now = Instant.ofEpochSecond(host.reader().time());
    AgentDelegation delegation =
        new AgentDelegation(
            LocalSigner.randomDidKey(KeyType.ED25519).verificationMethod().did(),
            new Caip10AccountId(host.chain().chainId(), host.chain().account(Role.BUYER).address()),
            new Mandate(
                Set.of(Mandate.OPEN_DEAL),
                new SpendLimit(
                    host.contracts().usdcAsset(),
                    perDay.min(BigInteger.valueOf(30_000_000)),
                    perDay),
                0,
                now.minus(Duration.ofDays(30)),
                now.plus(Duration.ofDays(365))),
            Optional.empty());
    IssueOutcome issued =
        new CredentialIssuer(principal, AgentContext.known(), InstantSource.system())
            .issue(delegation.credential().toString().getBytes(UTF_8));
    return ((IssueOutcome.Issued) issued).credential();
  }

  private JsonNode judged(JsonNode terms, ObjectNode delegation)
      throws IOException, InterruptedException {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.set("terms", terms);
    body.putArray("delegations").add(delegation);
    return json(send("/deals/authority", Optional.of(body)), 200);
  }

  /** The subject of a credential that this host verifies. */
  private JsonNode verified(String path) throws IOException, InterruptedException {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> send(path, Optional.empty()).statusCode() == 200);
    JsonNode credential = get(path);
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.set("verifiableCredential", credential);
    json(send("/credentials/verify", Optional.of(body)), 200);
    return credential.get("credentialSubject");
  }

  private DevAccount seller() {
    return host.chain().account(Role.SELLER);
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return json(send(path, Optional.empty()), 200);
  }

  private static JsonNode json(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JsonMapper.shared().readTree(response.body());
  }

  private HttpResponse<String> send(String path, Optional<JsonNode> body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(host.uri() + path))
            .header("Content-Type", "application/json");
    body.ifPresent(json -> request.POST(BodyPublishers.ofString(json.toString())));
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
