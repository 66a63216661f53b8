package org.earnest.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.call.Funding;
import org.earnest.bindings.call.IdentityRegistryCalls;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.escrow.chain.RevertNames;
import org.earnest.escrow.decide.BrokenTerms;
import org.earnest.escrow.decide.SampleTerms;
import org.earnest.kit.http.Host;
import org.earnest.kit.http.OpenApiAgreement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Deals over HTTP, against the contract, a database and a relayer that are real. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EscrowIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Hash32 WORK = new Hash32("0x" + "d0".repeat(32));
  private static final BigInteger PRICE = BigInteger.valueOf(2_500_000);

  private final LocalSigner seller = LocalSigner.random();
  private Sandbox sandbox;
  private EscrowService service;
  private Host host;
  private DealClient client;
  private long salt;

  @BeforeAll
  void begin(@TempDir Path folder) throws Exception {
    sandbox = new Sandbox(folder);
    EvmAddress buyer = sandbox.buyer.address();
    sandbox.send(
        buyer, new TokenCalls(sandbox.token).mint(buyer, BigInteger.valueOf(1_000_000_000)));
    service = sandbox.service(PATIENCE);
    host = Host.builder().mount(service.service()).start();
    client = new DealClient(host, sandbox.buyer, seller);
  }

  @AfterAll
  void end() throws Exception {
    host.close();
    service.close();
    sandbox.close();
  }

  @Test
  void describesItsRoutes() {
    assertThat(OpenApiAgreement.differences(service.service())).isEmpty();
  }

  @Test
  void settlesADealForPartiesWithoutGas() throws Exception {
    BigInteger before = balance(seller.address());
    Map<String, Object> open = client.openBody(terms().build());
    JsonNode opened = client.post("/deals", open, 201);
    String deal = opened.path("dealId").stringValue();
    assertThat(client.post("/deals", open, 201).path("transaction"))
        .as("asked again")
        .isEqualTo(opened.path("transaction"));
    assertThat(legOf(client.get("/deals/" + deal, 200)).path("state").stringValue())
        .isEqualTo("active");

    Map<String, Object> handover = client.deliverBody(deal, WORK);
    JsonNode delivered = client.post(DealClient.leg(deal) + "/deliver", handover, 200);
    assertThat(delivered.path("state").stringValue()).isEqualTo("delivered");
    JsonNode delivery = legOf(delivered.path("deal")).path("delivery");
    assertThat(delivery.path("uri").stringValue()).isEqualTo("ipfs://work");
    assertThat(delivery.path("deliverable").stringValue()).isEqualTo(WORK.hex());
    assertThat(client.post(DealClient.leg(deal) + "/deliver", handover, 200).path("transaction"))
        .isEqualTo(delivered.path("transaction"));

    Map<String, Object> approval = client.acceptBody(deal, 97);
    JsonNode accepted = client.post(DealClient.leg(deal) + "/accept", approval, 200);
    JsonNode closing = legOf(accepted.path("deal")).path("closing");
    assertThat(accepted.path("state").stringValue()).isEqualTo("accepted");
    assertThat(closing.path("rating").intValue()).isEqualTo(97);
    assertThat(closing.path("toPayee").stringValue()).isEqualTo(PRICE.toString());
    assertThat(client.post(DealClient.leg(deal) + "/accept", approval, 200).path("transaction"))
        .isEqualTo(accepted.path("transaction"));
    assertThat(balance(seller.address()).subtract(before)).isEqualTo(PRICE);
    client.refused(
        DealClient.leg(deal) + "/accept", client.acceptBody(deal, 5), 409, "wrong_state");
    client.refused(DealClient.leg(deal) + "/lapse", Map.of(), 409, "wrong_state");
  }

  @Test
  void givesTheMoneyBackWhenTimeHasDecided() throws Exception {
    BigInteger before = balance(sandbox.buyer.address());
    String deal = client.open(terms().build());
    assertThat(balance(sandbox.buyer.address())).isEqualTo(before.subtract(PRICE));
    client.refused(DealClient.leg(deal) + "/lapse", Map.of(), 409, "not_lapsed");
    sandbox.warp(7_200 + 601);
    client.refused(
        DealClient.leg(deal) + "/deliver", client.deliverBody(deal, WORK), 409, "deadline_passed");
    JsonNode lapsed = client.post(DealClient.leg(deal) + "/lapse", Map.of(), 200);
    assertThat(lapsed.path("state").stringValue()).isEqualTo("missed");
    assertThat(client.post(DealClient.leg(deal) + "/lapse", Map.of(), 200).path("transaction"))
        .isEqualTo(lapsed.path("transaction"));
    assertThat(balance(sandbox.buyer.address())).isEqualTo(before);
  }

  @Test
  void answers202WhileATransactionWaitsAndTheSameOnceItIsMined() throws Exception {
    Map<String, Object> open = client.openBody(terms().build());
    try (EscrowService hasty = sandbox.service(Duration.ofMillis(300));
        Host other = Host.builder().mount(hasty.service()).start()) {
      DealClient hurried = new DealClient(other, sandbox.buyer, seller);
      JsonNode pending = pendingTwice(hurried, open);
      JsonNode opened = client.postUnder("one", "/deals", open, 201);
      assertThat(opened.path("transaction")).isEqualTo(pending.path("transaction"));
      client.get(pending.path("ask").get(0).stringValue(), 200);
    }
  }

  private JsonNode pendingTwice(DealClient hurried, Map<String, Object> open) throws Exception {
    sandbox.automine(false);
    try {
      JsonNode pending = hurried.postUnder("one", "/deals", open, 202);
      JsonNode still = hurried.postUnder("one", "/deals", open, 202);
      assertThat(still.path("submission")).isEqualTo(pending.path("submission"));
      return pending;
    } finally {
      sandbox.automine(true);
      sandbox.mine();
    }
  }

  @Test
  void takesADealThatSomebodyElseOpenedForOpened() throws Exception {
    DealTerms terms = terms().build();
    Map<String, Object> open = client.openBody(terms);
    DealTypedData typed = new DealTypedData(sandbox.chain.chainId(), sandbox.escrow);
    EvmAddress buyer = sandbox.buyer.address();
    sandbox.send(buyer, new TokenCalls(sandbox.token).approve(sandbox.escrow, PRICE));
    Hash32 theirs =
        sandbox
            .send(
                buyer,
                new DealEscrowCalls(sandbox.escrow)
                    .open(
                        terms,
                        List.of(seller.sign(typed.dealId(terms).digest())),
                        new Funding.Allowance()))
            .transaction();
    assertThat(client.post("/deals", open, 201).path("transaction").stringValue())
        .isEqualTo(theirs.hex());
  }

  @Test
  void readsALostDatabaseFromTheChainAnew() throws Exception {
    String deal = client.open(terms().build());
    client.post(DealClient.leg(deal) + "/deliver", client.deliverBody(deal, WORK), 200);
    JsonNode before = client.get("/deals/" + deal, 200);
    host.close();
    service.close();
    sandbox.database.run(
        handle -> {
          handle.execute("drop schema escrow cascade");
        });
    service = sandbox.service(PATIENCE);
    host = Host.builder().mount(service.service()).start();
    client = new DealClient(host, sandbox.buyer, seller);
    assertThat(client.get("/deals/" + deal, 200)).isEqualTo(before);
    JsonNode page = client.get("/deals?limit=100&party=" + seller.address(), 200);
    assertThat(page.path("deals").toString()).contains(deal);
  }

  @Test
  void refusesBadInputByCode() throws Exception {
    DealTerms terms = terms().build();
    Map<String, Object> open = client.openBody(terms);
    DealClient stranger = new DealClient(host, LocalSigner.random(), LocalSigner.random());
    stranger.refused("/deals", stranger.openBody(terms), 403, "invalid_signature");
    client.refused("/deals", without(open, "authorization"), 400, "invalid_request");
    client.refused("/deals", without(open, "terms"), 400, "invalid_request");
    client.refused("/deals", without(open, "payeeSignatures"), 400, "invalid_request");
    SampleTerms foreign = terms();
    foreign.token = sandbox.identity;
    Map<String, Object> other = new HashMap<>(open);
    other.put("terms", org.earnest.escrow.edge.TermsJson.write(foreign.build()));
    client.refused("/deals", other, 422, "token_not_allowed");
    byte[] broken = "{\"terms\": ".getBytes(StandardCharsets.UTF_8);
    assertThat(client.post("/deals", broken, 400).path("code").stringValue())
        .isEqualTo("malformed_json");
    byte[] huge = new byte[(int) Host.MAX_BODY_BYTES + 1];
    client.post("/deals", huge, 413);

    String unknown = "0x" + "ab".repeat(32);
    assertThat(client.get("/deals/" + unknown, 404).path("code").stringValue())
        .isEqualTo("deal_unknown");
    client.get("/deals/7", 400);
    client.get("/deals", 400);
    client.get("/deals?party=me", 400);
    client.get("/deals?limit=0&party=" + seller.address(), 400);
    client.get("/deals?cursor=x&party=" + seller.address(), 400);
    client.refused(DealClient.leg(unknown) + "/lapse", Map.of(), 404, "deal_unknown");
    String deal = client.open(terms().build());
    client.refused("/deals/" + deal + "/legs/1/lapse", Map.of(), 404, "leg_unknown");
    client.refused("/deals/" + deal + "/legs/64/lapse", Map.of(), 400, "invalid_request");
    Map<String, Object> forged = new HashMap<>(client.deliverBody(deal, WORK));
    forged.put("deliverable", "0x" + "11".repeat(32));
    client.refused(DealClient.leg(deal) + "/deliver", forged, 403, "invalid_signature");
  }

  @Test
  void passesTheContractsOwnRefusalOnByNameAndArguments() throws Exception {
    EvmAddress owner = seller.address();
    sandbox.send(owner, new IdentityRegistryCalls(sandbox.identity).register("https://s.example"));
    SampleTerms terms = terms();
    terms.agentId = BigInteger.ONE;
    terms.agentEpoch = 7;
    JsonNode refused = client.post("/deals", client.openBody(terms.build()), 409);
    assertThat(refused.path("code").stringValue()).isEqualTo("agent_epoch_mismatch");
    assertThat(refused.path("detail").stringValue()).contains("AgentEpochMismatch(1, 7, 0)");
    SampleTerms dear = terms();
    dear.amount = BigInteger.TEN.pow(30);
    client.refused("/deals", client.openBody(dear.build()), 409, "insufficient_balance");
    dear.amount = PRICE;
    client.open(dear.build());
  }

  @Test
  void namesEachBrokenRuleAsTheContractDoes() {
    DealEscrowCalls calls = new DealEscrowCalls(sandbox.escrow);
    Map<String, String> contract = new LinkedHashMap<>();
    for (Map.Entry<String, Consumer<SampleTerms>> broken : BrokenTerms.shared().entrySet()) {
      SampleTerms terms = terms();
      broken.getValue().accept(terms);
      ChainCall open =
          calls.open(
              terms.build(), List.of(new byte[0]), new Funding.Authorization(PRICE, PRICE, "0x"));
      CallOutcome outcome =
          sandbox.chain.call(
              new ChainCall(Optional.of(sandbox.buyer.address()), open.to(), open.data()),
              BlockTag.Named.LATEST);
      contract.put(
          broken.getKey(),
          RevertNames.of(RevertDecoder.decode(((CallOutcome.Reverted) outcome).data())));
    }
    assertThat(contract).allSatisfy((ours, theirs) -> assertThat(theirs).isEqualTo(ours));
  }

  private SampleTerms terms() {
    return new SampleTerms(sandbox.buyer.address(), seller.address(), sandbox.token, sandbox.now())
        .salted(++salt);
  }

  private BigInteger balance(EvmAddress owner) {
    return new TokenReads(sandbox.chain, sandbox.token).balance(owner, BlockTag.Named.LATEST);
  }

  private static JsonNode legOf(JsonNode deal) {
    return deal.path("legs").get(0);
  }

  private static Map<String, Object> without(Map<String, Object> body, String member) {
    Map<String, Object> rest = new HashMap<>(body);
    rest.remove(member);
    return rest;
  }
}
