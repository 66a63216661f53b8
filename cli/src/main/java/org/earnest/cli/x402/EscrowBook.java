package org.earnest.cli.x402;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.bindings.call.CaptureOperatorCalls;
import org.earnest.bindings.call.CaptureReads;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.cli.console.Console;
import org.earnest.cli.host.JournaledTransaction;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.kit.process.StartupException;

/** What buyer, seller and arbiter do about a paid call whose money waits in escrow. */
public final class EscrowBook {
  private static final BlockTag NOW = BlockTag.Named.LATEST;

  private final ChainReader chain;
  private final EscrowedPayments payments;
  private final Console console;

  public EscrowBook(ChainReader chain, Console console) {
    this.chain = chain;
    this.payments = new EscrowedPayments(chain);
    this.console = console;
  }

  /**
   * Which payment is meant.
   *
   * @param transaction that brought it into escrow
   * @param prefix of its id, empty where the transaction brought one alone
   */
  public record Paid(Hash32 transaction, String prefix) {}

  /** How one stands. */
  public Map<String, Object> show(Paid paid) {
    return told(payments.standing(payments.find(paid.transaction(), paid.prefix())));
  }

  /** How those stand that came under an operator in the last blocks. */
  public Map<String, Object> list(EvmAddress operator, long blocks) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (PaymentInfo payment : payments.recent(operator, blocks)) {
      EscrowStanding standing = payments.standing(payment);
      console.say(standing.line());
      rows.add(standing.figures());
    }
    if (rows.isEmpty()) {
      console.say(
          "Nothing came into escrow under this operator in the last %d blocks".formatted(blocks));
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.put("payments", rows);
    return figures;
  }

  /**
   * Keeps the seller from capturing.
   *
   * @param payer signs
   * @param gas sends, and pays the gas
   */
  public Map<String, Object> freeze(
      Paid paid, EvmSigner payer, EvmSigner gas, JournaledTransaction transactions) {
    EscrowStanding standing = standing(paid, payer, PaymentInfo::payer, "payer");
    return done(
        standing,
        "freeze",
        () -> {
          require(standing, EscrowStanding.State.FREEZABLE);
          byte[] leave = payer.sign(standing.payment().freezeMessage(chain.chainId()));
          return new CaptureOperatorCalls(standing.payment()).freezeWithSignature(leave);
        },
        gas,
        transactions);
  }

  /** Lets the seller have it at once. */
  public Map<String, Object> release(
      Paid paid, EvmSigner payer, JournaledTransaction transactions) {
    EscrowStanding standing = standing(paid, payer, PaymentInfo::payer, "payer");
    return done(
        standing,
        "release",
        () -> {
          requireHeld(standing);
          return new CaptureOperatorCalls(standing.payment())
              .capture(standing.money().capturable());
        },
        payer,
        transactions);
  }

  /** Takes back what was not captured in time. */
  public Map<String, Object> reclaim(
      Paid paid, EvmSigner payer, JournaledTransaction transactions) {
    EscrowStanding standing = standing(paid, payer, PaymentInfo::payer, "payer");
    return done(
        standing,
        "reclaim",
        () -> {
          require(standing, EscrowStanding.State.RECLAIMABLE);
          return new CaptureOperatorCalls(standing.payment()).reclaim();
        },
        payer,
        transactions);
  }

  /**
   * Divides what is frozen.
   *
   * @param toSeller whole tokens; the rest goes back to the payer
   */
  public Map<String, Object> rule(
      Paid paid, EvmSigner arbiter, String toSeller, JournaledTransaction transactions) {
    PaymentInfo payment = payments.find(paid.transaction(), paid.prefix());
    requireAccount(
        arbiter, new CaptureReads(chain).terms(payment.operator(), NOW).arbiter(), "arbiter");
    EscrowStanding standing = payments.standing(payment);
    BigInteger units = units("--to-seller", toSeller, payment);
    return done(
        standing,
        "rule:" + units,
        () -> {
          require(standing, EscrowStanding.State.FROZEN);
          requireWithin("--to-seller", units, standing.money().capturable());
          return new CaptureOperatorCalls(payment).rule(units);
        },
        arbiter,
        transactions);
  }

  /**
   * How much is given back.
   *
   * @param amount of what was captured, in whole tokens; all there is where it is empty
   * @param number of several refunds of the same amount, from 1: each is one transaction, however
   *     often it is asked for
   */
  public record Refund(Optional<String> amount, int number) {
    public Refund {
      if (number < 1) {
        throw new StartupException(
            "number_invalid", "the first refund is number 1", "Name it with --number, or none");
      }
    }
  }

  /** Gives money back: all that is held, or of what was captured so much. */
  public Map<String, Object> refund(
      Paid paid, EvmSigner seller, Refund refund, JournaledTransaction transactions) {
    EscrowStanding standing = standing(paid, seller, PaymentInfo::receiver, "seller");
    PaymentInfo payment = standing.payment();
    Optional<BigInteger> asked = refund.amount().map(text -> units("--amount", text, payment));
    String amount = asked.map(BigInteger::toString).orElse("all");
    boolean captured = standing.state() == EscrowStanding.State.CAPTURED;
    BigInteger units = asked.orElse(standing.money().refundable());
    return done(
        standing,
        new JournaledTransaction.Step(
            "refund:%s:%d".formatted(amount, refund.number()),
            () -> captured ? refund(standing, units) : voided(standing, refund),
            () -> captured ? approval(payment, units) : Optional.empty()),
        seller,
        transactions);
  }

  private static ChainCall voided(EscrowStanding standing, Refund refund) {
    requireHeld(standing);
    if (refund.amount().isPresent()) {
      throw new StartupException(
          "amount_invalid",
          "what is still in escrow goes back whole",
          "Leave --amount out, or wait until it is captured");
    }
    return new CaptureOperatorCalls(standing.payment()).voidPayment();
  }

  private static ChainCall refund(EscrowStanding standing, BigInteger units) {
    requireWithin("--amount", units, standing.money().refundable());
    return new CaptureOperatorCalls(standing.payment()).refund(units);
  }

  /** One of all that the operator gives back for this account, so by what was sent before. */
  private Optional<SubmissionRequest> approval(PaymentInfo payment, BigInteger units) {
    requireKnown(payment.operator());
    BigInteger allowance =
        new TokenReads(chain, payment.token())
            .allowance(payment.receiver(), payment.operator(), NOW);
    if (allowance.compareTo(units) >= 0) {
      return Optional.empty();
    }
    ChainCall call = new TokenCalls(payment.token()).approve(payment.operator(), units);
    String key =
        "x402-escrow:approve:%s:%s:%s:%s"
            .formatted(
                payment.token(),
                payment.operator(),
                units,
                chain.transactionCount(payment.receiver(), NOW));
    return Optional.of(new SubmissionRequest(key, call.to(), call.data()));
  }

  /** Any contract can be named as an operator; what takes the seller's money has to be ours. */
  private void requireKnown(EvmAddress operator) {
    if (!OperatorDeployment.isOperator(chain, operator)) {
      throw new StartupException(
          "operator_unknown",
          "%s is no CaptureOperator as ./earnest x402 escrow deploy makes it".formatted(operator),
          "Approve no contract that you do not know; refund with the tools of its makers");
    }
  }

  private interface Party {
    EvmAddress of(PaymentInfo payment);
  }

  private EscrowStanding standing(Paid paid, EvmSigner signer, Party party, String name) {
    PaymentInfo payment = payments.find(paid.transaction(), paid.prefix());
    requireAccount(signer, party.of(payment), name);
    return payments.standing(payment);
  }

  private static void requireAccount(EvmSigner signer, EvmAddress wanted, String party) {
    if (!signer.address().equals(wanted)) {
      throw new StartupException(
          "key_not_partys",
          "that is for the payment's %s, which is %s".formatted(party, wanted),
          "Name the key of that account with --key");
    }
  }

  private static void requireHeld(EscrowStanding standing) {
    if (standing.money().capturable().signum() == 0) {
      throw refused(standing);
    }
  }

  private static void require(EscrowStanding standing, EscrowStanding.State wanted) {
    if (standing.state() != wanted) {
      throw refused(standing);
    }
  }

  private static StartupException refused(EscrowStanding standing) {
    return new StartupException(
        "not_possible_now",
        "the payment is %s: %s".formatted(standing.stateName(), standing.line()),
        "docs/verbs/x402.md says what can be done with it in this state");
  }

  private BigInteger units(String option, String text, PaymentInfo payment) {
    return Money.parse(
            option,
            text,
            new Caip19AssetId(chain.chainId(), payment.token()),
            new TokenReads(chain, payment.token()).decimals(NOW))
        .atomicUnits();
  }

  private static void requireWithin(String option, BigInteger units, BigInteger most) {
    if (units.compareTo(most) > 0) {
      throw new StartupException(
          "amount_invalid",
          "%s is more than there is: %s atomic units".formatted(option, most),
          "Name that much, or less");
    }
  }

  private Map<String, Object> done(
      EscrowStanding before,
      String step,
      Supplier<ChainCall> call,
      EvmSigner sender,
      JournaledTransaction transactions) {
    return done(
        before, new JournaledTransaction.Step(step, call, Optional::empty), sender, transactions);
  }

  private Map<String, Object> done(
      EscrowStanding before,
      JournaledTransaction.Step step,
      EvmSigner sender,
      JournaledTransaction transactions) {
    String transaction =
        transactions.take(
            sender,
            new JournaledTransaction.Step(
                "x402-escrow:%s:%s".formatted(before.id(), step.name()),
                step.call(),
                step.before()));
    Map<String, Object> figures = told(payments.standing(before.payment()));
    figures.put("transaction", transaction);
    return figures;
  }

  private Map<String, Object> told(EscrowStanding standing) {
    console.say(standing.line());
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", true);
    figures.putAll(standing.figures());
    return figures;
  }
}
