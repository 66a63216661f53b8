package org.earnest.cli.demo;

import java.util.HashMap;
import java.util.Map;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.cli.client.Answer;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import tools.jackson.databind.JsonNode;

/** The verbs of a deal's only leg over the house's HTTP: prepared, signed, sent. */
final class LegVerbs {
  private final Stage stage;
  private final Identities who;
  private final Deals deals;

  LegVerbs(Stage stage, Identities who) {
    this.stage = stage;
    this.who = who;
    this.deals = new Deals(stage, who);
  }

  /** The payee joins what it was offered, and whoever stands by for it. */
  Answer join(DealTerms terms, LocalSigner payee, LocalSigner standby) {
    JsonNode asked = prepare(terms, "join", Map.of());
    Hash32 own = deals.id(terms).digest();
    return send(
        terms,
        "join",
        Map.of(
            "payeeSignature", Deals.sign(payee, own, asked.path("payee")),
            "standbySignature", Deals.sign(standby, own, asked.path("standby"))));
  }

  Answer deliver(DealTerms terms, LocalSigner by, Hash32 deliverable, String uri) {
    Hash32 own = deals.typedData().deliver(deals.id(terms), 0, deliverable, by.address());
    return signed(terms, "deliver", by, own, Map.of("deliverable", deliverable.hex(), "uri", uri));
  }

  Answer substitute(DealTerms terms, LocalSigner standby) {
    Hash32 own = deals.typedData().substitute(deals.id(terms), 0);
    return signed(terms, "substitute", standby, own, Map.of());
  }

  /** The buyer accepts. */
  Answer accept(DealTerms terms, int rating) {
    Hash32 own = deals.typedData().accept(deals.id(terms), 0, rating);
    return signed(terms, "accept", who.buyer().signer(), own, Map.of("rating", rating));
  }

  /** The buyer disputes what was delivered. */
  Answer dispute(DealTerms terms, Hash32 evidence, String uri) {
    Hash32 own = deals.typedData().dispute(deals.id(terms), 0, true, evidence);
    return signed(
        terms,
        "dispute",
        who.buyer().signer(),
        own,
        Map.of("by", "client", "evidence", evidence.hex(), "uri", uri));
  }

  /** Buyer and seller end it as both wish. */
  Answer settle(DealTerms terms, Division division) {
    Map<String, Object> body = new HashMap<>();
    body.put("toPayee", division.toPayee().toString());
    body.put("bondBack", division.bondBack().toString());
    body.put("validBefore", division.validBefore());
    JsonNode asked = prepare(terms, "settle", body);
    Hash32 own = deals.typedData().settle(deals.id(terms), 0, who.seller().address(), division);
    body.put("clientSignature", Deals.sign(who.buyer().signer(), own, asked.path("client")));
    body.put("payeeSignature", Deals.sign(who.seller().signer(), own, asked.path("payee")));
    return send(terms, "settle", body);
  }

  /**
   * A side rates the other.
   *
   * @param by the buyer, or the payee last at work
   */
  Answer rate(DealTerms terms, LocalSigner by, int rating) {
    boolean byClient = by.address().equals(terms.head().client());
    Hash32 own = deals.typedData().rate(deals.id(terms), 0, byClient, rating);
    return signed(
        terms, "rate", by, own, Map.of("by", byClient ? "client" : "payee", "rating", rating));
  }

  Answer lapse(DealTerms terms) {
    return send(terms, "lapse", Map.of());
  }

  private Answer signed(
      DealTerms terms, String verb, LocalSigner by, Hash32 own, Map<String, Object> body) {
    Map<String, Object> whole = new HashMap<>(body);
    whole.put("signature", Deals.sign(by, own, prepare(terms, verb, body)));
    return send(terms, verb, whole);
  }

  private JsonNode prepare(DealTerms terms, String verb, Map<String, Object> body) {
    return stage
        .client()
        .post(path(terms, verb) + "/prepare", body)
        .require("preparing to " + verb);
  }

  private Answer send(DealTerms terms, String verb, Map<String, ?> body) {
    return stage.client().post(path(terms, verb), body);
  }

  private String path(DealTerms terms, String verb) {
    return "/deals/" + deals.id(terms) + "/legs/0/" + verb;
  }
}
