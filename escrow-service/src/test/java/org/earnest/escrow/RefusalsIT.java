package org.earnest.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.call.Funding;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.deal.DealTerms;
import org.earnest.escrow.chain.RevertNames;
import org.earnest.escrow.decide.BrokenTerms;
import org.earnest.escrow.decide.SampleTerms;
import org.earnest.escrow.edge.TermsJson;
import org.earnest.kit.http.Host;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the service refuses: by a stable code, before it costs gas, and without moving money. */
class RefusalsIT extends OnSandbox {
  private static final String UNKNOWN = "0x" + "ab".repeat(32);
  private long relayedBefore;
  private BigInteger heldBefore = BigInteger.ZERO;

  @BeforeEach
  void remember() {
    relayedBefore = sandbox.relayed();
    heldBefore = sandbox.balance(sandbox.escrow);
  }

  /** Each test opens what deals it needs through {@link #opened}. */
  @AfterEach
  void nothingWasSentOrMoved() {
    assertThat(sandbox.relayed()).isEqualTo(relayedBefore);
    assertThat(sandbox.balance(sandbox.escrow)).isEqualTo(heldBefore);
    assertThat(sandbox.balance(seller.address())).isZero();
  }

  @Test
  void refusesStrangersSignatures() throws Exception {
    DealTerms terms = terms().build();
    Map<String, Object> open = client.openBody(terms);
    DealClient noSeller = new DealClient(host, buyer, LocalSigner.random());
    JsonNode refused =
        noSeller.refused("/deals", noSeller.openBody(terms), 403, "invalid_signature");
    assertThat(text(refused, "detail"))
        .contains(seller.address().hex())
        .contains(text(prepared(terms), "dealId"));
    DealClient noBuyer = new DealClient(host, LocalSigner.random(), seller);
    noBuyer.refused("/deals", noBuyer.openBody(terms), 403, "invalid_signature");
    client.refused("/deals", with(open, "payeeSignatures", List.of("")), 403, "signature_missing");
    client.refused(
        "/deals", with(open, "payeeSignatures", List.of()), 422, "signature_count_mismatch");
    client.refused(
        "/deals", with(open, "terms", TermsJson.write(terms().build())), 403, "invalid_signature");
  }

  @Test
  void refusesOthersDeliveriesAndAcceptances() throws Exception {
    String leg = DealClient.leg(opened(terms()));
    DealClient stranger = new DealClient(host, LocalSigner.random(), LocalSigner.random());
    client.refused(leg + "/deliver", stranger.deliverBody(leg, WORK), 403, "invalid_signature");
    client.refused(
        leg + "/deliver",
        with(client.deliverBody(leg, WORK), "deliverable", "0x" + "11".repeat(32)),
        403,
        "invalid_signature");
    client.deliver(leg, WORK);
    remember();
    client.refused(leg + "/accept", stranger.acceptBody(leg, 90), 403, "invalid_signature");
    client.refused(
        leg + "/accept", with(client.acceptBody(leg, 90), "rating", 91), 403, "invalid_signature");
    client.refused(leg + "/accept", Map.of("rating", 90), 403, "signature_missing");
  }

  @Test
  void preparesNoAcceptanceOfWhatIsNotDelivered() throws Exception {
    String leg = DealClient.leg(opened(terms()));
    client.refused(leg + "/accept/prepare", Map.of("rating", 90), 409, "wrong_state");
    client.deliver(leg, WORK);
    remember();
    JsonNode toSign = client.post(leg + "/accept/prepare", Map.of("rating", 90), 200);
    assertThat(text(toSign.path("delivery"), "deliverable")).isEqualTo(WORK.hex());
    for (int rating : new int[] {101, 254}) {
      client.refused(leg + "/accept/prepare", Map.of("rating", rating), 422, "rating_out_of_range");
      client.refused(
          leg + "/accept",
          Map.of("rating", rating, "signature", DealClient.sign(buyer, toSign)),
          422,
          "rating_out_of_range");
    }
  }

  @Test
  void preparesNoSettlementOfWhatIsNotLive() throws Exception {
    SampleTerms terms = terms();
    terms.joinBy = sandbox.now() + 1_000;
    Map<String, Object> open = client.openBody(terms.build());
    open.put("payeeSignatures", List.of(""));
    String leg = DealClient.leg(text(client.post("/deals", open, 201), "dealId"));
    remember();
    Map<String, Object> division =
        Map.of("toPayee", "1", "bondBack", "0", "validBefore", sandbox.now() + 600);
    JsonNode offered = client.refused(leg + "/settle/prepare", division, 409, "wrong_state");
    assertThat(text(offered, "detail")).contains("OFFERED", "ACTIVE or DELIVERED or DISPUTED");
    client.refused(leg + "/settle", division, 409, "wrong_state");
  }

  @Test
  void takesAnAuthorizationInThreePartsOfAKeyAlone() throws Exception {
    Map<String, Object> open = client.openBody(terms().build());
    for (int bytes : new int[] {64, 66}) {
      Map<String, Object> authorization =
          Map.of("validBefore", "1", "signature", "0x" + "11".repeat(bytes), "overload", "vrs");
      JsonNode refused =
          client.refused(
              "/deals", with(open, "authorization", authorization), 400, "invalid_request");
      assertThat(text(refused, "detail")).contains("overload", "65 bytes");
    }
  }

  @Test
  void refusesATokenThatIsNotAllowed() throws Exception {
    Map<String, Object> open = client.openBody(terms().build());
    SampleTerms foreign = terms();
    foreign.token = sandbox.identity;
    Map<String, Object> terms = TermsJson.write(foreign.build());
    JsonNode refused =
        client.refused("/deals", with(open, "terms", terms), 422, "token_not_allowed");
    assertThat(text(refused, "detail")).contains(sandbox.token.hex());
    client.refused("/deals/prepare", Map.of("terms", terms), 422, "token_not_allowed");
  }

  @Test
  void refusesMalformedAndOversizedBodies() throws Exception {
    Map<String, Object> open = client.openBody(terms().build());
    for (String member : List.of("terms", "payeeSignatures", "authorization")) {
      JsonNode refused = client.refused("/deals", without(open, member), 400, "invalid_request");
      assertThat(text(refused, "detail")).contains(member);
    }
    for (String broken : List.of("", "{\"terms\": ", "[]x", "{\"terms\":1,\"terms\":2}")) {
      byte[] body = broken.getBytes(StandardCharsets.UTF_8);
      DealClient.problem(client.post("/deals", body, 400), 400, "malformed_json");
    }
    client.refused("/deals", List.of(), 400, "invalid_request");
    client.refused(
        "/deals", with(open, "payeeSignatures", List.of("0xzz")), 400, "invalid_request");
    client.refused("/deals", with(open, "payeeSignatures", List.of(7)), 400, "invalid_request");
    byte[] huge = new byte[(int) Host.MAX_BODY_BYTES + 1];
    DealClient.problem(client.post("/deals", huge, 413), 413, "body_too_large");
    DealClient.problem(
        client.postUnder("k e y", "/deals", open, 400), 400, "invalid_idempotency_key");
  }

  @Test
  void refusesANumberOfLegsThatNoDealHasByTheRulesName() throws Exception {
    Map<String, Object> open = client.openBody(terms().build());
    Map<String, Object> terms = TermsJson.write(terms().build());
    Object leg = ((List<?>) Objects.requireNonNull(terms.get("legs"))).getFirst();
    for (int count : new int[] {0, DealTerms.MAX_LEGS + 1}) {
      Map<String, Object> wrong = with(terms, "legs", Collections.nCopies(count, leg));
      for (JsonNode refused :
          List.of(
              client.refused(
                  "/deals/prepare", Map.of("terms", wrong), 422, "leg_count_out_of_range"),
              client.refused(
                  "/deals", with(open, "terms", wrong), 422, "leg_count_out_of_range"))) {
        assertThat(text(refused, "detail"))
            .isEqualTo("There are %d legs; a deal has 1 to 64.".formatted(count));
      }
    }
    client.refused(
        "/deals/prepare", Map.of("terms", with(terms, "legs", 1)), 400, "invalid_request");
    client.post(
        "/deals/prepare",
        Map.of("terms", with(terms, "legs", Collections.nCopies(DealTerms.MAX_LEGS, leg))),
        200);
  }

  @Test
  void refusesWhatThereIsNot() throws Exception {
    client.refusedGet("/deals/" + UNKNOWN, 404, "deal_unknown");
    client.refusedGet("/deals/7", 400, "invalid_request");
    client.refusedGet("/deals", 400, "invalid_request");
    client.refusedGet("/deals?party=me", 400, "invalid_request");
    String party = "party=" + seller.address();
    client.refusedGet("/deals?limit=0&" + party, 400, "invalid_request");
    client.refusedGet("/deals?limit=101&" + party, 400, "invalid_request");
    client.refusedGet("/deals?cursor=x&" + party, 400, "invalid_cursor");
    client.refused(DealClient.leg(UNKNOWN) + "/lapse", Map.of(), 404, "deal_unknown");
    String deal = opened(terms());
    client.refused(DealClient.leg(deal, 1) + "/lapse", Map.of(), 404, "leg_unknown");
    client.refused(DealClient.leg(deal, 64) + "/lapse", Map.of(), 400, "invalid_request");
    client.refused(DealClient.leg(deal, 1) + "/accept/prepare", Map.of(), 404, "leg_unknown");
  }

  @Test
  void passesTheContractsOwnRefusalOnByNameAndArguments() throws Exception {
    SampleTerms terms = terms();
    terms.agentId = sandbox.agent(seller.address());
    terms.agentEpoch = 7;
    JsonNode refused =
        client.refused("/deals", client.openBody(terms.build()), 409, "agent_epoch_mismatch");
    assertThat(text(refused, "detail"))
        .contains("AgentEpochMismatch(%s, 7, 0)".formatted(terms.agentId));
    SampleTerms others = terms();
    others.agentId = sandbox.agent(LocalSigner.random().address());
    refused =
        client.refused("/deals", client.openBody(others.build()), 409, "agent_not_controlled");
    assertThat(text(refused, "detail"))
        .contains("AgentNotControlled(%s, %s)".formatted(others.agentId, seller.address()));
  }

  @Test
  void opensLaterWhatOnlyTheMoneyWasMissingFor() throws Exception {
    SampleTerms dear = terms();
    dear.amount = Sandbox.PURSE.add(BigInteger.ONE);
    Map<String, Object> open = client.openBody(dear.build());
    client.refused("/deals", open, 409, "insufficient_balance");
    nothingWasSentOrMoved();
    LocalSigner giver = sandbox.buyer();
    sandbox.send(
        giver.address(), new TokenCalls(sandbox.token).transfer(buyer.address(), BigInteger.ONE));
    client.post("/deals", open, 201);
    assertThat(sandbox.balance(buyer.address())).isZero();
    remember();
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
              terms.build(),
              List.of(new byte[0]),
              new Funding.Authorization(BigInteger.ONE, BigInteger.ONE, "0x"));
      CallOutcome outcome =
          sandbox.chain.call(
              new ChainCall(Optional.of(buyer.address()), open.to(), open.data()), Sandbox.LATEST);
      contract.put(
          broken.getKey(),
          RevertNames.of(RevertDecoder.decode(((CallOutcome.Reverted) outcome).data())));
    }
    assertThat(contract).allSatisfy((ours, theirs) -> assertThat(theirs).isEqualTo(ours));
  }

  /** A deal whose money counts as held before. */
  private String opened(SampleTerms terms) throws Exception {
    String deal = client.open(terms.build());
    remember();
    return deal;
  }

  private JsonNode prepared(DealTerms terms) throws Exception {
    return client.post("/deals/prepare", Map.of("terms", TermsJson.write(terms)), 200);
  }

  private static Map<String, Object> with(Map<String, Object> body, String member, Object value) {
    Map<String, Object> changed = new HashMap<>(body);
    changed.put(member, value);
    return changed;
  }

  private static Map<String, Object> without(Map<String, Object> body, String member) {
    Map<String, Object> rest = new HashMap<>(body);
    rest.remove(member);
    return rest;
  }
}
