package org.earnest.cli.x402;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    require(standing, EscrowStanding.State.FREEZABLE);
    byte[] leave = payer.sign(standing.payment().freezeMessage(chain.chainId()));
    return done(
        standing,
        "freeze",
        new CaptureOperatorCalls(standing.payment()).freezeWithSignature(leave),
        gas,
        transactions);
  }

  /** Lets the seller have it at once. */
  public Map<String, Object> release(
      Paid paid, EvmSigner payer, JournaledTransaction transactions) {
    EscrowStanding standing = standing(paid, payer, PaymentInfo::payer, "payer");
    requireHeld(standing);
    return done(
        standing,
        "release",
        new CaptureOperatorCalls(standing.payment()).capture(standing.money().capturable()),
        payer,
        transactions);
  }

  /** Takes back what was not captured in time. */
  public Map<String, Object> reclaim(
      Paid paid, EvmSigner payer, JournaledTransaction transactions) {
    EscrowStanding standing = standing(paid, payer, PaymentInfo::payer, "payer");
    require(standing, EscrowStanding.State.RECLAIMABLE);
    return done(
        standing,
        "reclaim",
        new CaptureOperatorCalls(standing.payment()).reclaim(),
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
    require(standing, EscrowStanding.State.FROZEN);
    BigInteger units = units("--to-seller", toSeller, payment);
    requireWithin("--to-seller", units, standing.money().capturable());
    return done(
        standing,
        "rule:" + units,
        new CaptureOperatorCalls(payment).rule(units),
        arbiter,
        transactions);
  }

  /**
   * Gives money back: all that is held, or of what was captured so much.
   *
   * @param amount whole tokens; all where it is empty
   */
  public Map<String, Object> refund(
      Paid paid, EvmSigner seller, Optional<String> amount, JournaledTransaction transactions) {
    EscrowStanding standing = standing(paid, seller, PaymentInfo::receiver, "seller");
    PaymentInfo payment = standing.payment();
    CaptureOperatorCalls calls = new CaptureOperatorCalls(payment);
    if (standing.state() != EscrowStanding.State.CAPTURED) {
      requireHeld(standing);
      if (amount.isPresent()) {
        throw new StartupException(
            "amount_invalid",
            "what is still in escrow goes back whole",
            "Leave --amount out, or wait until it is captured");
      }
      return done(standing, "void", calls.voidPayment(), seller, transactions);
    }
    BigInteger captured = standing.money().refundable();
    BigInteger units = amount.map(text -> units("--amount", text, payment)).orElse(captured);
    requireWithin("--amount", units, captured);
    String step = "refund:%s:%s".formatted(captured, units);
    send(
        standing,
        "approve:" + step,
        new TokenCalls(payment.token()).approve(payment.operator(), units),
        seller,
        transactions);
    return done(standing, step, calls.refund(units), seller, transactions);
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
      ChainCall call,
      EvmSigner sender,
      JournaledTransaction transactions) {
    String transaction = send(before, step, call, sender, transactions);
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

  private static String send(
      EscrowStanding standing,
      String step,
      ChainCall call,
      EvmSigner sender,
      JournaledTransaction transactions) {
    return transactions.require(
        sender,
        new SubmissionRequest(
            "x402-escrow:%s:%s".formatted(standing.id(), step), call.to(), call.data()));
  }
}
