package org.earnest.cli.demo;

import java.util.HashMap;
import java.util.Map;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.cli.client.Answer;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Division;
import org.earnest.core.deal.LegState;
import org.earnest.devnet.DevAccount.Role;
import tools.jackson.databind.JsonNode;

/** The verbs of a leg over the house's HTTP: prepared, signed, sent and told of. */
final class LegVerbs {
  private final Stage stage;
  private final Identities who;
  private final Deals deals;
  private final int leg;

  /** Of a deal's only leg. */
  LegVerbs(Stage stage, Identities who) {
    this(stage, who, 0);
  }

  /** Of this leg, counted from 0. */
  LegVerbs(Stage stage, Identities who, int leg) {
    this.stage = stage;
    this.who = who;
    this.deals = new Deals(stage, who);
    this.leg = leg;
  }

  /** The payee joins what it was offered, and whoever stands by for it. */
  void join(DealTerms terms, LocalSigner payee, LocalSigner standby) {
    JsonNode asked = prepare(terms, "join", Map.of());
    Hash32 own = deals.id(terms).digest();
    tell(
        terms,
        "join",
        Map.of(
            "payeeSignature", Deals.sign(payee, own, asked.path("payee")),
            "standbySignature", Deals.sign(standby, own, asked.path("standby"))));
  }

  /** The payee at work delivers this text. */
  void deliver(DealTerms terms, LocalSigner by, String text) {
    Work work = Work.publish(stage, text);
    Hash32 own = deals.typedData().deliver(deals.id(terms), leg, work.hash(), by.address());
    signed(terms, "deliver", by, own, Map.of("deliverable", work.hash().hex(), "uri", work.uri()));
  }

  void substitute(DealTerms terms, LocalSigner standby) {
    Hash32 own = deals.typedData().substitute(deals.id(terms), leg);
    signed(terms, "substitute", standby, own, Map.of());
  }

  /** The buyer accepts. */
  void accept(DealTerms terms, int rating) {
    Hash32 own = deals.typedData().accept(deals.id(terms), leg, rating);
    signed(terms, "accept", who.buyer().signer(), own, Map.of("rating", rating));
  }

  /** The buyer disputes what was delivered, with this text as evidence. */
  void dispute(DealTerms terms, String text) {
    Work evidence = Work.publish(stage, text);
    Hash32 own = deals.typedData().dispute(deals.id(terms), leg, true, evidence.hash());
    signed(
        terms,
        "dispute",
        who.buyer().signer(),
        own,
        Map.of("by", "client", "evidence", evidence.hash().hex(), "uri", evidence.uri()));
  }

  /** Buyer and seller end it as both wish, before anything is delivered. */
  void settle(DealTerms terms, Division division) {
    Map<String, Object> body = new HashMap<>();
    body.put("toPayee", division.toPayee().toString());
    body.put("bondBack", division.bondBack().toString());
    body.put("validBefore", division.validBefore());
    JsonNode asked = prepare(terms, "settle", body);
    Hash32 own =
        deals
            .typedData()
            .settle(deals.id(terms), leg, LegState.ACTIVE, who.seller().address(), division);
    body.put("clientSignature", Deals.sign(who.buyer().signer(), own, asked.path("client")));
    body.put("payeeSignature", Deals.sign(who.seller().signer(), own, asked.path("payee")));
    tell(terms, "settle", body);
  }

  /**
   * A side rates the other.
   *
   * @param by the buyer, or the payee last at work
   */
  void rate(DealTerms terms, LocalSigner by, int rating) {
    boolean byClient = by.address().equals(terms.head().client());
    Hash32 own = deals.typedData().rate(deals.id(terms), leg, byClient, rating);
    signed(terms, "rate", by, own, Map.of("by", byClient ? "client" : "payee", "rating", rating));
  }

  /** Asks the service to apply what time has decided. */
  Answer askToLapse(DealTerms terms) {
    return send(terms, "lapse", Map.of());
  }

  /**
   * A stranger has applied what time decides.
   *
   * @param deadline second of 1970 after which it does
   * @param meanwhile what happened until then
   */
  void lapseAfter(long deadline, DealTerms terms, String meanwhile) {
    stage.passTime(deadline, meanwhile);
    new Transactions(stage)
        .send(
            "lapse",
            "demo:lapse:" + deals.id(terms) + ":" + leg + ":" + deadline,
            stage.signer(Role.STRANGER),
            deals.calls().lapse(terms, leg));
  }

  private void signed(
      DealTerms terms, String verb, LocalSigner by, Hash32 own, Map<String, Object> body) {
    Map<String, Object> whole = new HashMap<>(body);
    whole.put("signature", Deals.sign(by, own, prepare(terms, verb, body)));
    tell(terms, verb, whole);
  }

  private JsonNode prepare(DealTerms terms, String verb, Map<String, Object> body) {
    return stage
        .client()
        .post(path(terms, verb) + "/prepare", body)
        .require("preparing to " + verb);
  }

  private void tell(DealTerms terms, String verb, Map<String, ?> body) {
    new Transactions(stage).told(verb, send(terms, verb, body));
  }

  private Answer send(DealTerms terms, String verb, Map<String, ?> body) {
    return stage.client().post(path(terms, verb), body);
  }

  private String path(DealTerms terms, String verb) {
    return "/deals/" + deals.id(terms) + "/legs/" + leg + "/" + verb;
  }
}
