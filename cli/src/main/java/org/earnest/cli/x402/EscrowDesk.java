package org.earnest.cli.x402;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.earnest.bindings.call.CaptureReads;
import org.earnest.cli.host.ChainAccount;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.payments.capture.CaptureTerms;
import org.earnest.payments.client.SpendingPolicy;
import org.earnest.payments.escrow.CaptureRounds;
import org.earnest.payments.escrow.Captures;
import org.earnest.payments.escrow.EscrowTill;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.server.EscrowPricing;
import org.earnest.payments.server.Offer;
import org.earnest.payments.server.Pricing;
import org.earnest.payments.store.PostgresHeldPayments;

/** A shop's side of the escrow: what it offers, and how it gets what nobody disputes. */
final class EscrowDesk {
  /** How often what is due is captured. */
  private static final Duration ROUND = Duration.ofMinutes(1);

  /** For captures between the end of a buyer's window and the deadline. */
  private static final Duration LEAST_FOR_CAPTURES = Duration.ofHours(2);

  private static final Duration USUAL_FOR_CAPTURES = Duration.ofDays(1);

  /** For so long after the deadline the shop can give back what it has captured. */
  private static final Duration REFUNDABLE = Duration.ofDays(30);

  private final ShopPlan plan;
  private final EscrowSales sales;
  private final Duration held;

  private EscrowDesk(ShopPlan plan, EscrowSales sales, Duration held) {
    this.plan = plan;
    this.sales = sales;
    this.held = held;
  }

  /** A desk, and the facilitator with what it remembers before it. */
  record Opened(EscrowDesk desk, Facilitator till) {}

  /**
   * Opens one, and begins to capture.
   *
   * @throws StartupException for what does not fit, with what to do about it
   */
  static Opened open(
      Lifecycle lifecycle,
      ShopPlan plan,
      EscrowSales sales,
      Facilitator facilitator,
      Database database) {
    ChainAccount account = account(lifecycle, plan, sales, database);
    EscrowDesk desk = new EscrowDesk(plan, sales, held(sales, terms(account, sales)));
    PostgresHeldPayments payments = new PostgresHeldPayments(database);
    lifecycle.start(
        () ->
            new CaptureRounds(
                new Captures(account.chain(), account.submitter(), payments, account.finality()),
                ROUND));
    return new Opened(desk, new EscrowTill(facilitator, payments));
  }

  private static ChainAccount account(
      Lifecycle lifecycle, ShopPlan plan, EscrowSales sales, Database database) {
    if (!sales.receiver().address().equals(plan.payTo())) {
      throw new StartupException(
          "key_not_payees",
          "--capture-key is the key of " + sales.receiver().address() + ", not of --pay-to",
          "Only the account that is paid can capture: name its key");
    }
    ChainAccount account = ChainAccount.open(lifecycle, sales.nodes(), database, sales.receiver());
    if (!account.chain().chainId().equals(plan.token().asset().chain())) {
      throw new StartupException(
          "wrong_chain",
          "the node serves %s, and the price is on %s"
              .formatted(account.chain().chainId(), plan.token().asset().chain()),
          "Name a node of that chain, or the chain with --network");
    }
    return account;
  }

  private static CaptureReads.Terms terms(ChainAccount account, EscrowSales sales) {
    try {
      return new CaptureReads(account.chain()).terms(sales.operator(), BlockTag.Named.LATEST);
    } catch (ChainUnavailableException none) {
      throw new StartupException(
          "operator_unknown",
          "there is no CaptureOperator at " + sales.operator() + ": " + none.getMessage(),
          "Deploy one with ./earnest x402 escrow deploy, and name it with --operator",
          none);
    }
  }

  private static Duration held(EscrowSales sales, CaptureReads.Terms terms) {
    Duration needed = terms.freezeWindow().plus(terms.rulingTime());
    Duration least = needed.plus(LEAST_FOR_CAPTURES);
    Duration most = SpendingPolicy.MAX_ESCROW.minus(EscrowPricing.STEP);
    Duration held = sales.captureWithin().orElse(needed.plus(USUAL_FOR_CAPTURES));
    if (held.compareTo(least) < 0 || held.compareTo(most) > 0) {
      throw new StartupException(
          "capture_within_invalid",
          "a payment cannot be captured within " + Spans.text(held),
          "Name from %s, for the operator's window and ruling, to %s, which buyers' guards allow"
              .formatted(Spans.text(least), Spans.text(most)));
    }
    return held;
  }

  Pricing pricing() {
    return new EscrowPricing(this::offer, held, InstantSource.system());
  }

  Offer offer(Instant captureDeadline) {
    SoldToken token = plan.token();
    return Offer.disputable(
        ShopOffers.DESCRIPTION,
        ShopOffers.MIME_TYPE,
        new CaptureTerms(
            plan.amount(),
            plan.payTo(),
            Offer.TIMEOUT,
            sales.operator(),
            captureDeadline,
            captureDeadline.plus(REFUNDABLE),
            token.name(),
            token.version()));
  }
}
