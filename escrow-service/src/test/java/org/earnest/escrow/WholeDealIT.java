package org.earnest.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.escrow.decide.SampleTerms;
import org.earnest.escrow.edge.TermsJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Standbys, bonds, disputes, settlements and ratings, all relayed for parties without gas. */
class WholeDealIT extends OnSandbox {
  private static final BigInteger PRICE = BigInteger.valueOf(2_500_000);
  private static final BigInteger BOND = BigInteger.valueOf(400_000);
  private static final BigInteger RETAINER = BigInteger.valueOf(50_000);
  private static final Hash32 EVIDENCE = new Hash32("0x" + "e1".repeat(32));

  private LocalSigner standby;
  private LocalSigner arbiter;
  private long deposits;

  @BeforeEach
  void meetTheOthers() {
    standby = LocalSigner.random();
    arbiter = LocalSigner.random();
  }

  @Test
  void aStandbyTakesOverAndIsPaid() throws Exception {
    SampleTerms terms = withStandby();
    putBond(seller);
    String deal = open(terms.build(), true);
    String leg = DealClient.leg(deal);
    sandbox.warp(terms.due + terms.grace + 1 - sandbox.now());
    client.refused(leg + "/lapse", Map.of(), 409, "not_lapsed");
    String signature = sign(standby, leg + "/substitute/prepare", Map.of());

    JsonNode taken = client.post(leg + "/substitute", Map.of("signature", signature), 200);
    JsonNode view = leg(taken.path("deal"), 0);
    assertThat(text(taken, "state")).isEqualTo("active");
    assertThat(text(view, "occupant")).isEqualTo(standby.address().hex());
    assertThat(text(view.path("substitution"), "bondToClient")).isEqualTo(BOND.toString());
    assertThat(sandbox.balance(buyer.address()))
        .isEqualTo(Sandbox.PURSE.subtract(PRICE).subtract(RETAINER).add(BOND));
    assertThat(text(client.post(leg + "/substitute", Map.of("signature", signature), 200), "state"))
        .as("asked for again")
        .isEqualTo("active");

    String handover = sign(standby, leg + "/deliver/prepare", Map.of("deliverable", WORK.hex()));
    client.post(
        leg + "/deliver",
        Map.of("deliverable", WORK.hex(), "uri", "ipfs://w", "signature", handover),
        200);
    client.accept(leg, 70);
    assertThat(sandbox.balance(standby.address())).isEqualTo(PRICE.add(RETAINER));
    hasNoGas(standby);
  }

  @Test
  void anOfferIsJoinedOrGoesBack() throws Exception {
    SampleTerms terms = withStandby();
    terms.joinBy = sandbox.now() + 1_000;
    DealTerms offered = terms.build();
    String deal = open(offered, false);
    String leg = DealClient.leg(deal);
    assertThat(text(leg(client.get("/deals/" + deal, 200), 0), "state")).isEqualTo("offered");
    JsonNode toSign = client.post(leg + "/join/prepare", Map.of(), 200);
    Map<String, Object> join =
        Map.of(
            "payeeSignature", DealClient.sign(seller, toSign.path("payee")),
            "standbySignature", DealClient.sign(standby, toSign.path("standby")));
    JsonNode broke = client.refused(leg + "/join", join, 409, "insufficient_credit");
    assertThat(text(broke, "detail")).contains("Deposit");
    putBond(seller);
    assertThat(text(client.post(leg + "/join", join, 200), "state")).isEqualTo("active");
    assertThat(text(client.post(leg + "/join", join, 200), "state")).isEqualTo("active");

    String other = open(again(terms).build(), false);
    sandbox.warp(1_001);
    client.refused(DealClient.leg(other) + "/join", joining(other), 409, "deadline_passed");
    assertThat(text(client.lapse(DealClient.leg(other)), "state")).isEqualTo("withdrawn");
  }

  @Test
  void aDisputeIsRuledAndBothSidesRateOnce() throws Exception {
    SampleTerms terms = judged();
    DealTerms built = terms.build();
    String deal = client.open(built);
    String leg = DealClient.leg(deal);
    client.deliver(leg, WORK);
    Map<String, Object> complaint = Map.of("by", "client", "evidence", EVIDENCE.hex());
    String signature = sign(buyer, leg + "/dispute/prepare", complaint);
    Map<String, Object> dispute =
        Map.of(
            "by", "client", "evidence", EVIDENCE.hex(), "uri", "ipfs://e", "signature", signature);
    client.refused(
        leg + "/dispute",
        Map.of("by", "payee", "evidence", EVIDENCE.hex(), "signature", signature),
        403,
        "invalid_signature");
    JsonNode disputed = client.post(leg + "/dispute", dispute, 200);
    JsonNode view = leg(disputed.path("deal"), 0);
    assertThat(text(disputed, "state")).isEqualTo("disputed");
    assertThat(text(view.path("dispute"), "by")).isEqualTo(buyer.address().hex());
    assertThat(view.path("dispute").path("rulingBy").longValue())
        .isEqualTo(view.path("lapsesAfter").longValue());

    sandbox.send(
        arbiter.address(),
        new DealEscrowCalls(sandbox.escrow).rule(built, 0, 4_000, 10_000, EVIDENCE));
    JsonNode ruled = leg(client.get("/deals/" + deal, 200), 0);
    assertThat(text(ruled, "state")).isEqualTo("ruled");
    assertThat(text(ruled.path("closing"), "reason")).isEqualTo(EVIDENCE.hex());

    rate(leg, "client", buyer, 5, 200);
    JsonNode both = rate(leg, "payee", seller, 95, 200);
    assertThat(leg(both.path("deal"), 0).path("ratings")).hasSize(2);
    rate(leg, "client", buyer, 5, 200);
    rate(leg, "client", buyer, 6, 409);
  }

  @Test
  void silenceCallsTheArbiterAndItsSilenceDividesByTheTerms() throws Exception {
    SampleTerms terms = judged();
    terms.silenceBps = 65_535;
    terms.deadlockBps = 5_000;
    String leg = DealClient.leg(client.open(terms.build()));
    client.deliver(leg, WORK);
    sandbox.warp(terms.review + 1);
    assertThat(text(client.lapse(leg), "state")).isEqualTo("disputed");
    client.refused(leg + "/lapse", Map.of(), 409, "not_lapsed");
    sandbox.warp(terms.rulingTime + 1);
    assertThat(text(client.lapse(leg), "state")).isEqualTo("lapsed");
    assertThat(sandbox.balance(seller.address())).isEqualTo(PRICE.shiftRight(1));
  }

  @Test
  void bothSidesSettleToTheLastUnit() throws Exception {
    String leg = DealClient.leg(client.open(terms().build()));
    Map<String, Object> division =
        Map.of("toPayee", "1000001", "bondBack", "0", "validBefore", sandbox.now() + 600);
    JsonNode toSign = client.post(leg + "/settle/prepare", division, 200);
    Map<String, Object> settle = new HashMap<>(division);
    settle.put("clientSignature", DealClient.sign(buyer, toSign.path("client")));
    client.refused(leg + "/settle", settle, 403, "signature_missing");
    settle.put("payeeSignature", DealClient.sign(seller, toSign.path("payee")));
    client.deliver(leg, WORK);
    JsonNode stale = client.refused(leg + "/settle", settle, 403, "invalid_signature");
    assertThat(text(stale, "detail")).contains("DELIVERED now", "prepare it again");
    toSign = client.post(leg + "/settle/prepare", division, 200);
    settle.put("clientSignature", DealClient.sign(buyer, toSign.path("client")));
    settle.put("payeeSignature", DealClient.sign(seller, toSign.path("payee")));
    assertThat(text(client.post(leg + "/settle", settle, 200), "state")).isEqualTo("settled");
    assertThat(text(client.post(leg + "/settle", settle, 200), "state")).isEqualTo("settled");
    assertThat(sandbox.balance(seller.address())).isEqualTo(BigInteger.valueOf(1_000_001));
    client.refused(leg + "/settle/prepare", division, 409, "wrong_state");
    settle.put("toPayee", "1");
    client.refused(leg + "/settle", settle, 403, "invalid_signature");
  }

  @Test
  void aDealIsPaidFromCredit() throws Exception {
    deposit(buyer, PRICE);
    DealTerms terms = terms().build();
    JsonNode prepared = client.post("/deals/prepare", Map.of("terms", TermsJson.write(terms)), 200);
    Map<String, Object> body =
        Map.of(
            "terms", TermsJson.write(terms),
            "payeeSignatures", List.of(DealClient.sign(seller, prepared.path("deal"))),
            "credit", Map.of("clientSignature", DealClient.sign(buyer, prepared.path("deal"))));
    client.post("/deals", body, 201);
    assertThat(credit(buyer)).isEqualTo("0");
    client.refused(
        "/deals",
        Map.of("terms", TermsJson.write(terms), "payeeSignatures", List.of("")),
        400,
        "invalid_request");
  }

  @Test
  void theClientSaysWhichOverloadTakesItsAuthorization() throws Exception {
    Map<String, Object> body = client.openBody(terms().build());
    body.computeIfPresent("authorization", (member, given) -> by(given, "neither"));
    client.refused("/deals", body, 400, "invalid_request");
    body.computeIfPresent("authorization", (member, given) -> by(given, "bytes"));
    assertThat(text(client.post("/deals", body, 201), "dealId")).startsWith("0x");
  }

  private static Map<String, Object> by(Object authorization, String overload) {
    Map<String, Object> all = new HashMap<>();
    ((Map<?, ?>) authorization).forEach((member, value) -> all.put(String.valueOf(member), value));
    all.put("overload", overload);
    return all;
  }

  private SampleTerms withStandby() {
    SampleTerms terms = terms();
    terms.bond = BOND;
    terms.standby = standby.address();
    terms.retainer = RETAINER;
    terms.callWindow = 1_000;
    terms.standbyTime = 2_000;
    return terms;
  }

  private SampleTerms judged() {
    SampleTerms terms = terms();
    terms.arbiter = arbiter.address();
    terms.rulingTime = 5_000;
    return terms;
  }

  private SampleTerms again(SampleTerms terms) {
    terms.docHash = terms().docHash;
    return terms;
  }

  /** Opens a deal with a standby, by everybody's signatures or by the client's alone. */
  private String open(DealTerms terms, boolean signed) throws Exception {
    JsonNode prepared = client.post("/deals/prepare", Map.of("terms", TermsJson.write(terms)), 200);
    JsonNode deal = prepared.path("deal");
    Map<String, Object> body =
        Map.of(
            "terms", TermsJson.write(terms),
            "payeeSignatures", List.of(signed ? DealClient.sign(seller, deal) : ""),
            "standbySignatures", List.of(signed ? DealClient.sign(standby, deal) : ""),
            "authorization",
                Map.of(
                    "validBefore", text(prepared, "validBefore"),
                    "signature", DealClient.sign(buyer, prepared.path("authorization"))));
    return text(client.post("/deals", body, 201), "dealId");
  }

  private Map<String, Object> joining(String deal) throws Exception {
    JsonNode toSign = client.post(DealClient.leg(deal) + "/join/prepare", Map.of(), 200);
    return Map.of(
        "payeeSignature", DealClient.sign(seller, toSign.path("payee")),
        "standbySignature", DealClient.sign(standby, toSign.path("standby")));
  }

  private void putBond(LocalSigner party) throws Exception {
    sandbox.mint(party.address(), BOND);
    deposit(party, BOND);
  }

  /** Deposits twice by the same signature, which is one deposit. */
  private void deposit(LocalSigner party, BigInteger amount) throws Exception {
    Map<String, Object> deposit = new HashMap<>();
    deposit.put("token", sandbox.token.hex());
    deposit.put("account", party.address().hex());
    deposit.put("amount", amount.toString());
    deposit.put("salt", "0x%064x".formatted(++deposits));
    JsonNode prepared = client.post("/deposits/prepare", deposit, 200);
    deposit.put(
        "authorization",
        Map.of(
            "validBefore", text(prepared, "validBefore"),
            "signature", DealClient.sign(party, prepared.path("authorization"))));
    for (int tries = 0; tries < 2; tries++) {
      assertThat(text(client.post("/deposits", deposit, 201), "credit"))
          .isEqualTo(amount.toString());
    }
    assertThat(credit(party)).isEqualTo(amount.toString());
    hasNoGas(party);
  }

  private String credit(LocalSigner party) throws Exception {
    return text(
        client.get(
            "/credit?token=" + sandbox.token.hex() + "&account=" + party.address().hex(), 200),
        "credit");
  }

  private JsonNode rate(String leg, String by, LocalSigner signer, int rating, int status)
      throws Exception {
    Map<String, Object> asked = Map.of("by", by, "rating", rating);
    String signature = sign(signer, leg + "/rate/prepare", asked);
    return client.post(
        leg + "/rate", Map.of("by", by, "rating", rating, "signature", signature), status);
  }

  private String sign(LocalSigner signer, String path, Map<String, Object> body) throws Exception {
    JsonNode toSign = client.post(path, body, 200);
    assertThat(text(toSign, "signer")).isEqualTo(signer.address().hex());
    return DealClient.sign(signer, toSign);
  }
}
