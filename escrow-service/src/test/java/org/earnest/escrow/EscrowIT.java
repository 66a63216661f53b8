package org.earnest.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Map;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.call.DealEscrowReads;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.escrow.decide.SampleTerms;
import org.earnest.kit.http.OpenApiAgreement;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Deals from their opening to their end, against the contract, a database and a real relayer. */
class EscrowIT extends OnSandbox {
  private static final BigInteger PRICE = BigInteger.valueOf(2_500_000);
  private static final int FINAL_DEPTH = 12;
  private static final Hash32 CLIENT_TAG = Keccak256.hash("earnest.client");

  @Test
  void describesItsRoutes() {
    assertThat(OpenApiAgreement.differences(service.service())).isEmpty();
  }

  @Test
  void settlesADealForPartiesWithoutGas() throws Exception {
    SampleTerms terms = rated();
    String deal = client.open(terms.build());
    String leg = DealClient.leg(deal);
    assertThat(sandbox.balance(sandbox.escrow)).isGreaterThanOrEqualTo(PRICE);
    assertThat(text(leg(client.get("/deals/" + deal, 200), 0), "state")).isEqualTo("active");

    JsonNode delivered = client.deliver(leg, WORK);
    assertThat(text(delivered, "state")).isEqualTo("delivered");
    JsonNode delivery = leg(delivered.path("deal"), 0).path("delivery");
    assertThat(text(delivery, "uri")).isEqualTo("ipfs://work");
    assertThat(text(delivery, "deliverable")).isEqualTo(WORK.hex());

    JsonNode accepted = client.accept(leg, 97);
    JsonNode closing = leg(accepted.path("deal"), 0).path("closing");
    assertThat(text(accepted, "state")).isEqualTo("accepted");
    assertThat(closing.path("rating").intValue()).isEqualTo(97);
    assertThat(text(closing, "toPayee")).isEqualTo(PRICE.toString());

    assertThat(sandbox.balance(seller.address())).isEqualTo(PRICE);
    assertThat(sandbox.balance(buyer.address())).isEqualTo(Sandbox.PURSE.subtract(PRICE));
    assertThat(settled(terms.agentId, SampleTerms.TAG))
        .isEqualTo(new SettledSummary(PRICE, 1, 1, 97, 0, 0, 0));
    assertThat(settled(terms.clientAgentId, CLIENT_TAG))
        .isEqualTo(new SettledSummary(PRICE, 1, 0, 0, 0, 0, 0));
    hasNoGas(buyer);
    hasNoGas(seller);
  }

  @Test
  void saysHowFirmlyTheChainHoldsWhatIsOnRecord() throws Exception {
    JsonNode opened = client.post("/deals", client.openBody(terms().build()), 201);
    String deal = text(opened, "dealId");
    assertThat(text(opened, "inclusion")).isEqualTo("included");
    assertThat(opened.at("/deal/opened/inclusion").asString()).isEqualTo("included");
    for (int block = 0; block < FINAL_DEPTH; block++) {
      sandbox.mine();
    }
    JsonNode delivered = client.deliver(DealClient.leg(deal), WORK);
    assertThat(text(delivered, "inclusion")).isEqualTo("included");
    JsonNode read = client.get("/deals/" + deal, 200);
    assertThat(read.at("/opened/inclusion").asString()).isEqualTo("final");
    assertThat(read.at("/legs/0/delivery/place/inclusion").asString()).isEqualTo("included");
    for (int block = 0; block < FINAL_DEPTH; block++) {
      sandbox.mine();
    }
    read = client.get("/deals/" + deal, 200);
    assertThat(read.at("/legs/0/delivery/place/inclusion").asString()).isEqualTo("final");
  }

  @Test
  void givesTheLastUnitBackWhenNothingWasDelivered() throws Exception {
    SampleTerms terms = rated();
    String deal = client.open(terms.build());
    String leg = DealClient.leg(deal);
    assertThat(sandbox.balance(buyer.address())).isEqualTo(Sandbox.PURSE.subtract(PRICE));
    long deadline = terms.due + terms.grace;
    assertThat(leg(client.get("/deals/" + deal, 200), 0).path("lapsesAfter").longValue())
        .isEqualTo(deadline);
    JsonNode early = client.refused(leg + "/lapse", Map.of(), 409, "not_lapsed");
    assertThat(early.path("retryable").booleanValue()).isTrue();

    sandbox.warp(deadline + 1 - sandbox.now());
    client.refused(leg + "/deliver", client.deliverBody(leg, WORK), 409, "deadline_passed");
    JsonNode lapsed = client.lapse(leg);
    assertThat(text(lapsed, "state")).isEqualTo("missed");
    assertThat(text(leg(lapsed.path("deal"), 0).path("closing"), "toClient"))
        .isEqualTo(PRICE.toString());
    assertThat(sandbox.balance(buyer.address())).isEqualTo(Sandbox.PURSE);
    assertThat(sandbox.balance(seller.address())).isZero();
    assertThat(settled(terms.agentId, SampleTerms.TAG))
        .isEqualTo(new SettledSummary(BigInteger.ZERO, 1, 0, 0, 1, 0, 0));
    hasNoGas(buyer);
  }

  @Test
  void dividesToTheLastUnitWhenTheClientIsSilent() throws Exception {
    SampleTerms terms = terms();
    terms.amount = BigInteger.valueOf(1_000_003);
    terms.silenceBps = 3_333;
    String leg = DealClient.leg(client.open(terms.build()));
    client.deliver(leg, WORK);
    sandbox.warp(terms.review + 1);
    JsonNode lapsed = client.lapse(leg);
    assertThat(text(lapsed, "state")).isEqualTo("lapsed");
    JsonNode closing = leg(lapsed.path("deal"), 0).path("closing");
    BigInteger toPayee = new BigInteger(text(closing, "toPayee"));
    BigInteger toClient = new BigInteger(text(closing, "toClient"));
    assertThat(toPayee.add(toClient)).isEqualTo(terms.amount);
    assertThat(sandbox.balance(seller.address()))
        .isEqualTo(toPayee)
        .isEqualTo(BigInteger.valueOf(1_000_003L * 3_333 / 10_000));
    assertThat(sandbox.balance(buyer.address())).isEqualTo(Sandbox.PURSE.subtract(toPayee));
  }

  @Test
  void endsEachLegByItself() throws Exception {
    SampleTerms terms = terms();
    terms.legs = 3;
    String deal = client.open(terms.build());
    client.deliver(DealClient.leg(deal, 1), WORK);
    client.accept(DealClient.leg(deal, 1), 80);
    client.deliver(DealClient.leg(deal, 2), WORK);
    sandbox.warp(terms.due + terms.grace + 1 - sandbox.now());
    client.lapse(DealClient.leg(deal, 0));
    client.lapse(DealClient.leg(deal, 2));
    JsonNode read = client.get("/deals/" + deal, 200);
    assertThat(text(leg(read, 0), "state")).isEqualTo("missed");
    assertThat(text(leg(read, 1), "state")).isEqualTo("accepted");
    assertThat(text(leg(read, 2), "state")).isEqualTo("lapsed");
    assertThat(sandbox.balance(seller.address())).isEqualTo(PRICE.add(PRICE));
    assertThat(sandbox.balance(buyer.address()))
        .isEqualTo(Sandbox.PURSE.subtract(PRICE).subtract(PRICE));
  }

  @Test
  void showsWhatOthersSentToTheEscrow() throws Exception {
    DealTerms terms = terms().build();
    String deal = client.open(terms);
    sandbox.warp(
        terms.legs().getFirst().due() + terms.legs().getFirst().grace() + 1 - sandbox.now());
    Hash32 theirs =
        sandbox
            .send(seller.address(), new DealEscrowCalls(sandbox.escrow).lapse(terms, 0))
            .transaction();
    JsonNode read = leg(client.get("/deals/" + deal, 200), 0);
    assertThat(text(read, "state")).isEqualTo("missed");
    assertThat(text(read.path("closing").path("place"), "transaction")).isEqualTo(theirs.hex());
    assertThat(text(client.lapse(DealClient.leg(deal)), "transaction")).isEqualTo(theirs.hex());
  }

  @Test
  void listsAPartysDealsPageByPage() throws Exception {
    String first = client.open(terms().build());
    String second = client.open(terms().build());
    String third = client.open(terms().build());
    for (String party : new String[] {buyer.address().hex(), seller.address().hex()}) {
      JsonNode page = client.get("/deals?limit=2&party=" + party, 200);
      assertThat(page.path("deals").valueStream().map(it -> text(it, "dealId")))
          .containsExactly(first, second);
      JsonNode next =
          client.get("/deals?limit=2&party=" + party + "&cursor=" + text(page, "next"), 200);
      assertThat(next.path("deals").valueStream().map(it -> text(it, "dealId")))
          .containsExactly(third);
      assertThat(next.has("next")).isFalse();
    }
  }

  /** Terms whose parties are agents with a record. */
  private SampleTerms rated() {
    SampleTerms terms = terms();
    terms.agentId = sandbox.agent(seller.address());
    terms.clientAgentId = sandbox.agent(buyer.address());
    return terms;
  }

  private SettledSummary settled(BigInteger agent, Hash32 tag) {
    return new DealEscrowReads(sandbox.chain, sandbox.escrow)
        .settled(agent, 0, sandbox.token, tag, Sandbox.LATEST);
  }
}
