package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.call.IdentityRegistryCalls;
import org.earnest.bindings.call.ReputationRegistryCalls;
import org.earnest.bindings.call.ReputationRegistryCalls.Feedback;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.identity.AgentId;
import org.earnest.kit.fetch.GuardedFetcher;
import org.earnest.kit.http.Host;
import org.earnest.kit.http.OpenApiAgreement;
import org.earnest.kit.json.StrictJson;
import org.earnest.reputation.edge.AgentFileService;
import org.earnest.reputation.file.FileSource;
import org.earnest.reputation.reading.FileQueries;
import org.earnest.reputation.reading.ReferencedFiles;
import org.earnest.reputation.store.ReputationQueries;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Files of strangers on a real site, named by real events, and what the API makes of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentFilesIT {
  private static final EvmAddress OWNER = new EvmAddress("0x" + "a1".repeat(20));
  private static final EvmAddress CLIENT = new EvmAddress("0x" + "c1".repeat(20));
  private static final EvmAddress STRANGER = new EvmAddress("0x" + "e1".repeat(20));
  private static final BigInteger PRICE = BigInteger.valueOf(25_000);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 50;

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private FileSite site;
  private Sandbox sandbox;
  private GuardedFetcher fetcher;
  private ReputationIndexer indexer;
  private ReferencedFiles files;
  private AgentFileService service;
  private Host host;

  @BeforeAll
  void begin(@TempDir Path folder) throws Exception {
    site = new FileSite();
    sandbox = new Sandbox(folder);
    indexer = sandbox.indexer();
    fetcher = new GuardedFetcher(FileSource.policy(Set.of(site.origin())));
    files =
        ReferencedFiles.start(
            sandbox.database,
            sandbox.chain,
            new FileSource(fetcher, Optional.empty()),
            Set.of(sandbox.token),
            now::get,
            new SimpleMeterRegistry());
    service =
        new AgentFileService(
            new ReputationQueries(sandbox.database, sandbox.chain.chainId()),
            new FileQueries(sandbox.database, sandbox.chain.chainId()),
            sandbox.contracts.registry(),
            indexer::progress);
    host = Host.builder().mount(service).start();
  }

  @AfterAll
  void end() throws IOException {
    host.close();
    files.close();
    fetcher.close();
    indexer.close();
    sandbox.close();
    site.close();
  }

  @Test
  void describesItsRoutes() {
    assertThat(OpenApiAgreement.differences(service)).isEmpty();
  }

  @Test
  void aCardCountsOnceItNamesTheAgentBack() throws Exception {
    String uri = site.put("/lingua.json", card("Lingua", ""));
    BigInteger agent = sandbox.register(OWNER, uri);

    JsonNode first = card(agent, "agent_not_named");
    assertThat(first.has("card")).isFalse();
    assertThat(first.path("detail").asString()).contains("whoever points to a file");

    site.put("/lingua.json", card("Lingua", registration(agent)));
    tomorrow();
    JsonNode second = card(agent, "read");
    assertThat(second.path("card").path("name").asString()).isEqualTo("Lingua");
    assertThat(second.path("contentHash").asString())
        .isEqualTo(hash(card("Lingua", registration(agent))).hex());
    assertThat(second.path("at").path("chainId").asString())
        .isEqualTo(sandbox.chain.chainId().toString());
  }

  @Test
  void whatIsNotToBeReadSaysWhy() throws Exception {
    assertThat(code("", "none")).isEmpty();
    assertThat(
            code("ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi", "refused"))
        .isEqualTo("ipfs_gateway_missing");
    assertThat(code("http://127.0.0.1:1/card.json", "refused")).isEqualTo("not_https");
    assertThat(code("https://127.0.0.1:1/card.json", "refused")).isEqualTo("address_not_public");
    assertThat(code("https://[::ffff:10.0.0.1]/", "refused")).isEqualTo("address_not_public");
    assertThat(code(site.redirect("/inward", "https://169.254.169.254/latest"), "refused"))
        .isEqualTo("address_not_public");
    assertThat(code(site.redirect("/round", site.at("/round")), "refused"))
        .isEqualTo("too_many_redirects");
    assertThat(code(site.put("/huge", "x".repeat(FileSource.MAX_BYTES + 1)), "refused"))
        .isEqualTo("body_too_large");
    assertThat(code(site.put("/nested", "[".repeat(200_000)), "malformed"))
        .isEqualTo("registration_file_malformed");
    assertThat(code(site.put("/page.html", "<html>"), "malformed"))
        .isEqualTo("registration_file_malformed");
    assertThat(code("data:application/json,{}", "malformed"))
        .isEqualTo("registration_file_malformed");
    assertThat(code("data:,\u0000", "malformed")).isEqualTo("registration_file_malformed");
  }

  @Test
  void aSiteThatIsAwayIsAskedAgain() throws Exception {
    String uri = site.put("/away.json", 503, "");
    BigInteger agent = sandbox.register(OWNER, uri);
    assertThat(card(agent, "unavailable").path("code").asString()).isEqualTo("http_status");

    site.put("/away.json", card("Back", registration(agent)));
    tomorrow();
    assertThat(card(agent, "read").path("card").path("name").asString()).isEqualTo("Back");
  }

  @Test
  void anAgentThatCarriesItsFileIsReadWithoutANetwork() throws Exception {
    BigInteger agent = sandbox.register(OWNER, "");
    String uri = "data:application/json," + card("Inline", registration(agent));
    sandbox.send(
        OWNER,
        new IdentityRegistryCalls(sandbox.contracts.identityRegistry()).setAgentUri(agent, uri));

    assertThat(card(agent, "read").path("card").path("name").asString()).isEqualTo("Inline");
  }

  @Test
  void aPaymentIsVerifiedOnceAndForWhoItIs() throws Exception {
    BigInteger agent = sandbox.register(OWNER, "");
    Hash32 paid = pay(CLIENT, OWNER);
    String good = claim(CLIENT, OWNER, paid);

    JsonNode verified = proof(agent, CLIENT, good, 1, "verified");
    assertThat(verified.path("transaction").asString()).isEqualTo(paid.hex());
    assertThat(verified.path("amount").asString()).isEqualTo(PRICE.toString());
    assertThat(verified.path("asset").asString()).endsWith(sandbox.token.hex());

    assertThat(why(agent, CLIENT, good, 2)).isEqualTo("claimed_before");
    assertThat(proof(agent, CLIENT, "{}", 3, "absent").has("code")).isFalse();
    assertThat(why(agent, CLIENT, claim(STRANGER, OWNER, paid), 4)).isEqualTo("payer_not_client");
    assertThat(why(agent, CLIENT, claim(CLIENT, STRANGER, paid), 5)).isEqualTo("payee_not_agent");
    String never = claim(CLIENT, OWNER, Keccak256.hash("none"));
    assertThat(open(agent, never, 6)).isEqualTo("transaction_unknown");
    assertThat(open(agent, claim(CLIENT, OWNER, pay(CLIENT, STRANGER)), 7))
        .isEqualTo("coin_not_traced");
    assertThat(why(agent, CLIENT, "{\"proofOfPayment\": 5}", 8)).isEqualTo("claim_malformed");
    String elsewhere = good.replace("\"chainId\":\"31337\"", "\"chainId\":\"1\"");
    assertThat(open(agent, elsewhere, 9)).isEqualTo("chain_not_followed");
  }

  @Test
  void aTokenOfOnesOwnAndARevertedTransferProveNothing() throws Exception {
    BigInteger agent = sandbox.register(OWNER, "");
    TokenCalls worthless = new TokenCalls(sandbox.deploy(CreationCode.testUsdc()));
    sandbox.send(CLIENT, worthless.mint(CLIENT, PRICE));
    Hash32 pretended = sandbox.send(CLIENT, worthless.transfer(OWNER, PRICE)).transaction();
    assertThat(open(agent, claim(CLIENT, OWNER, pretended), 1)).isEqualTo("token_not_known");

    TokenCalls token = new TokenCalls(sandbox.token);
    Hash32 reverted =
        sandbox.mined(CLIENT, token.transfer(OWNER, PRICE.shiftLeft(100))).transaction();
    assertThat(why(agent, CLIENT, claim(CLIENT, OWNER, reverted), 2))
        .isEqualTo("transaction_reverted");
  }

  @Test
  void aPaymentInTheChainsOwnCoinIsOneAndWhatContractsSendOnIsNotKnown() throws Exception {
    BigInteger agent = sandbox.register(OWNER, "");
    Hash32 paid = sandbox.sendCoin(CLIENT, OWNER, PRICE).transaction();
    JsonNode verified = proof(agent, CLIENT, claim(CLIENT, OWNER, paid), 1, "verified");
    assertThat(verified.path("transaction").asString()).isEqualTo(paid.hex());
    assertThat(verified.path("amount").asString()).isEqualTo(PRICE.toString());
    assertThat(verified.has("asset")).isFalse();

    assertThat(why(agent, CLIENT, claim(CLIENT, OWNER, paid), 2)).isEqualTo("claimed_before");
    Hash32 through = sandbox.sendCoin(CLIENT, STRANGER, PRICE).transaction();
    Hash32 ofAnother = sandbox.sendCoin(STRANGER, OWNER, PRICE).transaction();
    assertThat(open(agent, claim(CLIENT, OWNER, through), 3)).isEqualTo("coin_not_traced");
    assertThat(open(agent, claim(CLIENT, OWNER, ofAnother), 4)).isEqualTo("coin_not_traced");
    Hash32 nothing = sandbox.sendCoin(CLIENT, OWNER, BigInteger.ZERO).transaction();
    assertThat(why(agent, CLIENT, claim(CLIENT, OWNER, nothing), 5)).isEqualTo("nothing_paid");
  }

  @Test
  void aTransactionThatThereNeverWasIsWrongAfterTheLastLook() throws Exception {
    BigInteger agent = sandbox.register(OWNER, "");
    String never = claim(CLIENT, OWNER, Keccak256.hash("never"));
    assertThat(open(agent, never, 1)).isEqualTo("transaction_unknown");
    JsonNode last =
        await(
            "/agents/" + agent + "/feedback/" + CLIENT + "/1/file",
            answer -> {
              tomorrow();
              return answer.at("/proofOfPayment/state").asString("").equals("wrong");
            });
    assertThat(last.at("/proofOfPayment/code").asString()).isEqualTo("transaction_not_found");
    assertThat(
            sandbox.database.<Boolean, RuntimeException>call(
                handle ->
                    handle
                        .createQuery(
                            "select next_look_at is null and transaction_attempts = 7"
                                + " from reputation_file.feedback_file where agent_id = ?")
                        .bind(0, agent)
                        .mapTo(Boolean.class)
                        .one()))
        .isTrue();
  }

  @Test
  void whoeverPaysAfterwardsDidNotPayForIt() throws Exception {
    BigInteger agent = sandbox.register(OWNER, "");
    giveFeedback(agent, CLIENT, site.at("/later.json"), Hash32.ZERO);
    file(agent, CLIENT, 1, "unavailable");

    site.put("/later.json", claim(CLIENT, OWNER, pay(CLIENT, OWNER)));
    tomorrow();
    JsonNode proof = file(agent, CLIENT, 1, "read").path("proofOfPayment");
    assertThat(proof.path("code").asString()).isEqualTo("paid_afterwards");
  }

  @Test
  void aFileIsHeldAgainstItsHash() throws Exception {
    BigInteger agent = sandbox.register(OWNER, "");
    String uri = site.put("/note.json", "{}");
    giveFeedback(agent, STRANGER, uri, hash("{}"));
    assertThat(file(agent, STRANGER, 1, "read").path("hashChecked").asBoolean()).isTrue();
    giveFeedback(agent, STRANGER, uri, Hash32.ZERO);
    assertThat(file(agent, STRANGER, 2, "read").path("hashChecked").asBoolean()).isFalse();
    giveFeedback(agent, STRANGER, uri, hash("{ }"));
    assertThat(file(agent, STRANGER, 3, "hash_differs").has("proofOfPayment")).isFalse();
    giveFeedback(agent, STRANGER, "", Hash32.ZERO);
    file(agent, STRANGER, 4, "none");

    assertThat(
            get("/agents/" + agent + "/feedback/" + STRANGER + "/5/file").path("code").asString())
        .isEqualTo("feedback_unknown");
    assertThat(get("/agents/" + agent + "/feedback/0x12/1/file").path("code").asString())
        .isEqualTo("invalid_request");
    assertThat(
            get("/agents/" + agent + "/feedback/" + STRANGER + "/0/file").path("code").asString())
        .isEqualTo("invalid_request");
    assertThat(get("/agents/999999/card").path("code").asString()).isEqualTo("agent_unknown");
  }

  @Test
  void whatAReorganisationTookBackCountsForNothing() throws Exception {
    BigInteger agent = sandbox.register(OWNER, "");
    Hash32 paid = pay(CLIENT, OWNER);
    String snapshot = sandbox.snapshot();
    String uri = site.put("/undone.json", claim(CLIENT, OWNER, paid));
    giveFeedback(agent, CLIENT, uri, Hash32.ZERO);
    file(agent, CLIENT, 1, "read");

    sandbox.revert(snapshot);
    sandbox.mine();
    sandbox.mine();
    sandbox.followed(indexer);
    assertThat(get("/agents/" + agent + "/feedback/" + CLIENT + "/1/file").path("code").asString())
        .isEqualTo("feedback_unknown");

    giveFeedback(agent, CLIENT, site.put("/again.json", claim(CLIENT, OWNER, paid)), Hash32.ZERO);
    JsonNode again = file(agent, CLIENT, 1, "read");
    assertThat(again.path("proofOfPayment").path("state").asString()).isEqualTo("verified");
  }

  private String code(String uri, String state) throws Exception {
    return card(sandbox.register(OWNER, uri), state).path("code").asString("");
  }

  private JsonNode card(BigInteger agent, String state) throws Exception {
    return await(
        "/agents/" + agent + "/card", answer -> answer.path("state").asString("").equals(state));
  }

  private JsonNode file(BigInteger agent, EvmAddress client, int index, String state)
      throws Exception {
    return await(
        "/agents/" + agent + "/feedback/" + client + "/" + index + "/file",
        answer -> answer.path("state").asString("").equals(state));
  }

  private String why(BigInteger agent, EvmAddress client, String json, int index) throws Exception {
    return proof(agent, client, json, index, "wrong").path("code").asString();
  }

  private String open(BigInteger agent, String json, int index) throws Exception {
    return proof(agent, CLIENT, json, index, "unknown").path("code").asString();
  }

  private JsonNode proof(BigInteger agent, EvmAddress client, String json, int index, String state)
      throws Exception {
    String uri = site.put("/feedback/" + agent + "/" + index + ".json", json);
    giveFeedback(agent, client, uri, hash(json));
    JsonNode proof = file(agent, client, index, "read").path("proofOfPayment");
    assertThat(proof.path("state").asString()).as(proof.toString()).isEqualTo(state);
    return proof;
  }

  private void giveFeedback(BigInteger agent, EvmAddress client, String uri, Hash32 hash) {
    sandbox.send(
        client,
        new ReputationRegistryCalls(sandbox.contracts.reputationRegistry())
            .giveFeedback(agent, new Feedback(BigInteger.TEN, 0, "quality", "", "", uri, hash)));
  }

  private Hash32 pay(EvmAddress from, EvmAddress to) {
    TokenCalls token = new TokenCalls(sandbox.token);
    sandbox.send(from, token.mint(from, PRICE));
    return sandbox.send(from, token.transfer(to, PRICE)).transaction();
  }

  private static String claim(EvmAddress from, EvmAddress to, Hash32 transaction) {
    return "{\"proofOfPayment\":{\"fromAddress\":\"%s\",\"toAddress\":\"%s\",\"chainId\":\"31337\",\"txHash\":\"%s\"}}"
        .formatted(from, to, transaction);
  }

  private String registration(BigInteger agent) {
    AgentId id = new AgentId(sandbox.contracts.registry(), agent);
    return "{\"agentId\":%s,\"agentRegistry\":\"%s\"}".formatted(agent, id.registry());
  }

  private static String card(String name, String registrations) {
    return "{\"name\":\"%s\",\"registrations\":[%s]}".formatted(name, registrations);
  }

  private static Hash32 hash(String text) {
    return Keccak256.hash(text.getBytes(StandardCharsets.UTF_8));
  }

  private void tomorrow() {
    now.updateAndGet(time -> time.plus(Duration.ofDays(2)));
  }

  private JsonNode await(String path, Predicate<JsonNode> wanted) throws Exception {
    sandbox.followed(indexer);
    Instant deadline = Instant.now().plus(PATIENCE);
    JsonNode answer = get(path);
    while (!wanted.test(answer) && Instant.now().isBefore(deadline)) {
      Thread.sleep(LOOK_MILLIS);
      answer = get(path);
    }
    assertThat(wanted.test(answer)).as(answer.toString()).isTrue();
    return answer;
  }

  private JsonNode get(String path) throws Exception {
    return StrictJson.readTree(
        http.send(
                HttpRequest.newBuilder(URI.create(host.uri() + path)).build(),
                HttpResponse.BodyHandlers.ofByteArray())
            .body());
  }
}
