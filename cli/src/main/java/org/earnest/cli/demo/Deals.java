package org.earnest.cli.demo;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.call.DealEscrowReads;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.cli.client.Answer;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.LegStatus;
import org.earnest.escrow.edge.TermsJson;
import tools.jackson.databind.JsonNode;

/**
 * Deals between buyer and seller over the house's HTTP. The parties sign only what they have
 * computed themselves: a service that asks for another signature gets none.
 */
final class Deals {
  private final Stage stage;
  private final Identities who;
  private final DealTypedData typedData;

  Deals(Stage stage, Identities who) {
    this.stage = stage;
    this.who = who;
    this.typedData =
        new DealTypedData(stage.host().chain().chainId(), stage.host().contracts().dealEscrow());
  }

  DealId id(DealTerms terms) {
    return typedData.dealId(terms);
  }

  DealTypedData typedData() {
    return typedData;
  }

  /** For what a party sends itself. */
  DealEscrowCalls calls() {
    return new DealEscrowCalls(stage.host().contracts().dealEscrow());
  }

  /** What a payee or a standby signs: all terms. */
  String consent(DealTerms terms, LocalSigner party) {
    return Hex.encode(party.sign(id(terms).digest()));
  }

  /** Opens and funds a deal that the seller has signed, and tells of it. */
  void fund(DealTerms terms) {
    fund(terms, List.of(consent(terms, who.seller().signer())), List.of());
  }

  /** The same of a deal that others sign, too; as {@link #open} takes it. */
  void fund(DealTerms terms, List<String> payees, List<String> standbys) {
    stage.report().say("deal", id(terms));
    stage.moving(
        () -> {
          new Transactions(stage).told("open and fund", open(terms, payees, standbys));
          stage.books().move("buyer", "escrow", terms.total());
        });
  }

  /**
   * The service opens and funds the escrow in one transaction, by what everybody has signed.
   *
   * @param payees one for each leg; empty where the payee joins later
   * @param standbys one for each leg that names one
   */
  Answer open(DealTerms terms, List<String> payees, List<String> standbys) {
    JsonNode prepared =
        stage
            .client()
            .post("/deals/prepare", Map.of("terms", TermsJson.write(terms)))
            .require("preparing");
    Hash32 own = id(terms).digest();
    requireSame(own, prepared.path("deal"));
    return stage
        .client()
        .post(
            "/deals",
            Map.of(
                "terms",
                TermsJson.write(terms),
                "payeeSignatures",
                payees,
                "standbySignatures",
                standbys,
                "authorization",
                new Authorizations(stage)
                    .sign(who.buyer().signer(), terms.total(), own, prepared)));
  }

  /** A leg as the service shows it. */
  JsonNode leg(DealTerms terms, int leg) {
    return stage.client().get("/deals/" + id(terms)).require("the deal").at("/legs/" + leg);
  }

  /** A leg as the escrow has it. */
  LegStatus status(DealTerms terms, int leg) {
    return new DealEscrowReads(stage.host().reader(), stage.host().contracts().dealEscrow())
        .legStatus(id(terms), leg, BlockTag.Named.LATEST);
  }

  /** Holds service and chain against where a leg must be. */
  void checkState(DealTerms terms, int leg, LegState expected) {
    String name = terms.legs().size() == 1 ? "the leg is" : "leg " + (leg + 1) + " is";
    stage.report().check(name, word(expected), leg(terms, leg).path("state").asString("not there"));
    stage.report().check("and on chain", word(expected), word(status(terms, leg).state()));
  }

  /** Holds what a leg's closing says against what everybody must have got. */
  void checkPaid(DealTerms terms, int leg, Payout expected) {
    stage
        .report()
        .check("paid", expected.text(), Payout.of(leg(terms, leg).path("closing")).text());
  }

  /** Signs what the signer itself has computed, if that is what is asked for. */
  static String sign(LocalSigner signer, Hash32 own, JsonNode asked) {
    requireSame(own, asked);
    return Hex.encode(signer.sign(own));
  }

  private static String word(LegState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static void requireSame(Hash32 own, JsonNode asked) {
    if (!own.hex().equals(asked.path("digest").asString(""))) {
      throw new DemoFailedException("the service asks for a signature of something else: " + asked);
    }
  }
}
