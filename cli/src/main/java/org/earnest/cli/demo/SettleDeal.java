package org.earnest.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.cli.client.Answer;
import org.earnest.cli.report.RunReport;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.LegState;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.kit.fetch.FetchOutcome;
import org.earnest.kit.fetch.FetchPolicy;
import org.earnest.kit.fetch.GuardedFetcher;
import tools.jackson.databind.JsonNode;

/** A deal that goes well: signed, funded, delivered, accepted, paid and on record. */
final class SettleDeal {
  static final int RATING = 96;

  private static final int OK = 200;
  private static final String WORK = "The manual, in English.";

  private final Stage stage;
  private final Identities who;
  private final Deals deals;
  private final LegVerbs verbs;

  SettleDeal(Stage stage, Identities who) {
    this.stage = stage;
    this.who = who;
    this.deals = new Deals(stage, who);
    this.verbs = new LegVerbs(stage, who);
  }

  Ending run(DealTerms terms) {
    RunReport report = stage.report();
    BigInteger gasMoney = ether();
    refuseAStranger(terms);
    deals.fund(terms);
    deliver(terms);
    accept(terms);
    report.check("neither party paid gas", gasMoney, ether());
    stage.books().prove(report);
    return new Ending(
        terms,
        Ending.Mark.of(LegState.ACCEPTED, terms.total()).rated(RATING),
        Ending.Mark.of(LegState.ACCEPTED, terms.total()));
  }

  private void refuseAStranger(DealTerms terms) {
    String signed = deals.consent(terms, stage.signer(Role.STRANGER));
    Answer refused = deals.open(terms, List.of(signed), List.of());
    stage.report().check("a stranger's signature is refused", 403, refused.status());
    stage.report().check("as", "invalid_signature", refused.code());
  }

  private void deliver(DealTerms terms) {
    verbs.deliver(terms, who.seller().signer(), WORK);
    JsonNode delivery = deals.leg(terms, 0).path("delivery");
    stage.report().say("deliverable", delivery.path("uri").asString(""));
    byte[] fetched = fetch(URI.create(delivery.path("uri").asString("")));
    stage
        .report()
        .check(
            "what the buyer fetches has the hash that was delivered",
            delivery.path("deliverable").asString(""),
            Keccak256.hash(fetched).hex());
  }

  /**
   * As what a stranger points to is fetched: by rules, of which the demo's own host is excepted.
   */
  private byte[] fetch(URI uri) {
    FetchPolicy policy = FetchPolicy.STRICT.allowing(Set.of(stage.host().uri().toString()));
    try (GuardedFetcher fetcher = new GuardedFetcher(policy)) {
      FetchOutcome outcome = fetcher.get(uri, "text/plain");
      if (outcome instanceof FetchOutcome.Fetched fetched && fetched.status() == OK) {
        return fetched.body().bytes();
      }
      throw new DemoFailedException("the deliverable cannot be fetched: " + outcome);
    } catch (IOException notClosed) {
      throw new UncheckedIOException(notClosed);
    }
  }

  private void accept(DealTerms terms) {
    stage.moving(
        () -> {
          verbs.accept(terms, RATING);
          stage.books().move("escrow", "seller", terms.total());
        });
    deals.checkState(terms, 0, LegState.ACCEPTED);
    deals.checkPaid(terms, 0, Payout.inFull(terms.total(), 0));
    stage
        .report()
        .check("the rating on record", RATING, deals.leg(terms, 0).at("/closing/rating").asInt(-1));
  }

  /** Wei of both parties together: neither sends a transaction. */
  private BigInteger ether() {
    return stage
        .host()
        .reader()
        .balance(who.buyer().address(), BlockTag.Named.LATEST)
        .add(stage.host().reader().balance(who.seller().address(), BlockTag.Named.LATEST));
  }
}
