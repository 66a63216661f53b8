package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.FinalBlock;
import org.earnest.core.submission.Inclusion;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.EvmPayment.Purpose;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.exact.TransferMethod;
import org.earnest.payments.permit2.EvmPayments;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;

/**
 * Settles each payment once: what is begun is stored first, and asked again it is concluded. It
 * ends only where nothing can follow: whatever hinders a good payment now may pass, and as long as
 * its authorization lives anybody who saw it can bring it on chain.
 */
final class Settler {
  /** How long a look waits: enough for what is sent again to be mined at once. */
  private static final Duration GLANCE = Duration.ofMillis(500);

  private final PaymentVerifier verifier;
  private final Settlements settlements;
  private final PermitsUnderWay permits;
  private final Sending sending;
  private final Rejections rejections;
  private final FinalBlock last;

  Settler(
      PaymentVerifier verifier,
      Settlements settlements,
      Sending sending,
      Rejections rejections,
      FinalBlock last) {
    this.verifier = verifier;
    this.settlements = settlements;
    this.permits = new PermitsUnderWay(this::find);
    this.sending = sending;
    this.rejections = rejections;
    this.last = last;
  }

  /** Judges a payment as it would be settled now. */
  Verdict verify(FacilitatorRequest request) {
    Verdict verdict = verifier.verify(request, Purpose.VERIFY);
    return verdict instanceof Verdict.Valid(VerifiedPayment verified)
            && permits.isTaken(verified.payment())
        ? permitTaken(verified.payment())
        : verdict;
  }

  SettleResponse settle(FacilitatorRequest request, Duration patience) {
    return switch (EvmPayments.of(request)) {
      case Reading.Refused<EvmPayment> refused ->
          refusal(request, refused.reason(), refused.detail(), Optional.empty());
      case Reading.Understood<EvmPayment> understood ->
          isForNothing(understood.value())
              ? forNothing(request, understood.value())
              : settle(request, understood.value(), patience);
    };
  }

  /** What turned out to cost nothing, in scheme upto: good without a transaction. */
  private static boolean isForNothing(EvmPayment payment) {
    return payment.key().method() == TransferMethod.UPTO
        && payment.price().atomicUnits().signum() == 0;
  }

  private SettleResponse forNothing(FacilitatorRequest request, EvmPayment payment) {
    FacilitatorRequest asPermitted =
        FacilitatorRequest.of(request.payment(), request.payment().accepted());
    return switch (verifier.verify(asPermitted, Purpose.VERIFY)) {
      case Verdict.Valid valid ->
          SettleResponse.settled(payment.payer().hex(), "", request.requirements().network())
              .charging(BigInteger.ZERO);
      case Verdict.Invalid invalid ->
          refusal(
              request, invalid.reason(), invalid.detail(), invalid.payer().map(EvmAddress::hex));
    };
  }

  /** The settlement as it stands, pushed on if it is not final. */
  Optional<Settlement> pushed(Hash32 id) {
    return settlements.find(id).map(known -> conclude(known, GLANCE));
  }

  /** The settlement as the chain shows it. Nothing is sent: anybody may ask this. */
  Optional<Settlement> find(Hash32 id) {
    return settlements.find(id).map(this::look);
  }

  private Settlement look(Settlement known) {
    if (known.isFinal()) {
      return known;
    }
    Settlement next =
        rejections
            .receipt(known)
            .map(receipt -> shown(known, receipt))
            .orElseGet(() -> rejections.unmined(known));
    advance(known, next);
    return next;
  }

  /**
   * A transaction that succeeded may have done nothing for this payment: one that carries others as
   * well, or an empty one that gave it up. Only what the submitter called settled is held against
   * the token.
   */
  private Settlement shown(Settlement known, TransactionReceipt receipt) {
    boolean judged = known.isFailedFor(Reason.TRANSFER_EVENT_MISMATCH) && receipt.succeeded();
    return judged || proves(receipt, known)
        ? mined(known, receipt)
        : rejections.after(known, inVain(known, receipt));
  }

  private SubmissionOutcome.Rejected inVain(Settlement known, TransactionReceipt receipt) {
    return new SubmissionOutcome.Rejected(
        "reverted",
        known.detail().orElse("the transaction was mined in vain"),
        receipt.transaction(),
        last.reaches(receipt.block()) ? Inclusion.FINAL : Inclusion.INCLUDED);
  }

  private SettleResponse settle(FacilitatorRequest request, EvmPayment payment, Duration patience) {
    // Before verifying: once settled, the payment's nonce is used and it would be refused.
    Optional<Settlement> known = settlements.find(payment.key().id());
    if (known.isPresent()) {
      return answer(request, payment, known.get(), patience);
    }
    return switch (verifier.verify(request, Purpose.SETTLE)) {
      case Verdict.Valid valid -> begun(request, payment, valid.verified(), patience);
      case Verdict.Invalid invalid -> invalid(request, payment, invalid, patience);
    };
  }

  private SettleResponse invalid(
      FacilitatorRequest request, EvmPayment payment, Verdict.Invalid invalid, Duration patience) {
    // A twin of this request may have settled it meanwhile.
    return settlements
        .find(payment.key().id())
        .or(() -> preempted(payment, invalid))
        .map(twin -> answer(request, payment, twin, patience))
        .orElseGet(
            () ->
                refusal(
                    request,
                    reason(invalid, payment),
                    invalid.detail(),
                    invalid.payer().map(Object::toString)));
  }

  private SettleResponse begun(
      FacilitatorRequest request, EvmPayment payment, VerifiedPayment verified, Duration patience) {
    PermitsUnderWay.Turn turn = permits.take(payment);
    if (turn == PermitsUnderWay.Turn.TAKEN) {
      return invalid(request, payment, permitTaken(payment), patience);
    }
    Settlement settlement;
    try {
      // It may have been good only until the permit before was mined.
      if (turn == PermitsUnderWay.Turn.AFTER_ANOTHER
          && verifier.verify(request, Purpose.SETTLE) instanceof Verdict.Invalid invalid) {
        return invalid(request, payment, invalid, patience);
      }
      sending.admit(payment);
      settlement = begin(verified, rejections.newestBlock());
    } finally {
      permits.begun(payment);
    }
    return answer(request, payment, settlement, patience);
  }

  private static Verdict.Invalid permitTaken(EvmPayment payment) {
    return new Verdict.Invalid(
        Reason.EIP2612_NONCE_IN_USE,
        "another payment goes with a permit of the same account; pay again once that is over",
        Optional.of(payment.payer()));
  }

  /**
   * Somebody brought a payment on chain after it was verified here, and before this began. What the
   * chain shows of it is searched for, as of any that is run ahead of, from when it may have been
   * verified; nothing is sent for it, since the rehearsal fails.
   */
  private Optional<Settlement> preempted(EvmPayment payment, Verdict.Invalid invalid) {
    return verifier
        .usedSince(payment, invalid)
        .map(verified -> begin(verified, rejections.blockOfAge(VerifiedLately.KEPT)));
  }

  private Settlement begin(VerifiedPayment verified, long block) {
    return settlements.begin(Settlement.of(verified, block));
  }

  /** A verifier goes by its own clock and asks for some time to spare: no end yet. */
  private Reason reason(Verdict.Invalid invalid, EvmPayment payment) {
    boolean late =
        invalid.reason() == Reason.VALID_BEFORE
            || invalid.reason() == Reason.PERMIT2_DEADLINE_EXPIRED
            || invalid.reason() == Reason.CAPTURE_AUTHORIZATION_EXPIRED;
    return late && rejections.expired(payment.key(), payment.validBefore())
        ? Reason.AUTHORIZATION_EXPIRED
        : invalid.reason();
  }

  private SettleResponse answer(
      FacilitatorRequest request, EvmPayment payment, Settlement known, Duration patience) {
    if (!known.isOf(payment)) {
      return refusal(
          request,
          known.nonceUsed(),
          "another payment with this nonce was settled or is being settled",
          Optional.of(payment.payer().hex()));
    }
    Optional<SettleResponse> walletless =
        sending
            .missingWallet(known, payment)
            .flatMap(deployment -> withWallet(request, payment, known, deployment, patience));
    if (walletless.isPresent()) {
      return walletless.get();
    }
    Settlement next = conclude(known, patience);
    next.obstacle()
        .filter(Obstacle::isTheOperators)
        .ifPresent(
            obstacle -> {
              throw new FacilitatorUnavailableException(obstacle);
            });
    return next.response();
  }

  /**
   * Verified anew, whatever is known of the payment: the wallet's deployment is no part of what was
   * signed, and anybody can put another one before it.
   */
  private Optional<SettleResponse> withWallet(
      FacilitatorRequest request,
      EvmPayment payment,
      Settlement known,
      ChainCall deployment,
      Duration patience) {
    return switch (verifier.verify(request, Purpose.SETTLE)) {
      case Verdict.Valid valid -> sending.deployed(known, deployment, patience);
      case Verdict.Invalid invalid ->
          // A twin of this request may have deployed it meanwhile.
          sending
              .missingWallet(known, payment)
              .map(
                  still ->
                      refusal(
                          request,
                          reason(invalid, payment),
                          invalid.detail(),
                          invalid.payer().map(EvmAddress::hex)));
    };
  }

  private Settlement conclude(Settlement known, Duration wait) {
    if (known.isFinal()) {
      return known;
    }
    SubmissionOutcome outcome = sending.send(known, wait);
    Settlement next = after(known, outcome);
    advance(known, next);
    return next;
  }

  /** The gas of what failed is counted once, by who stores it, however many look at it together. */
  private void advance(Settlement known, Settlement next) {
    boolean failing =
        known.state() == SettlementState.SUBMITTED && next.state() == SettlementState.FAILED;
    // Asked for before it is stored: a node that is away leaves it to be counted later.
    Optional<TransactionReceipt> inVain = failing ? rejections.receipt(next) : Optional.empty();
    if (settlements.advance(known, next)) {
      inVain.ifPresent(receipt -> sending.lost(next, receipt));
    }
  }

  private Settlement after(Settlement known, SubmissionOutcome outcome) {
    return switch (outcome) {
      case SubmissionOutcome.Settled settled -> mined(known, settled.receipt());
      case SubmissionOutcome.Pending pending -> known.pendingIn(Optional.of(pending.transaction()));
      // That it is not seen now takes nothing back: the node may be away, or lag.
      case SubmissionOutcome.Unknown unknown ->
          known.state() == SettlementState.SUBMITTED
              ? known.pendingIn(unknown.transaction())
              : known;
      case SubmissionOutcome.Rejected rejected -> rejections.after(known, rejected);
    };
  }

  private Settlement mined(Settlement known, TransactionReceipt receipt) {
    boolean forGood = last.reaches(receipt.block());
    return proves(receipt, known)
        ? known.settledBy(receipt.transaction(), forGood)
        : known.failedFor(
            Reason.TRANSFER_EVENT_MISMATCH,
            "the transaction was mined without the token's events for this payment",
            Optional.of(receipt.transaction()),
            forGood);
  }

  private static boolean proves(TransactionReceipt receipt, Settlement settlement) {
    return Rail.of(settlement.key().method()).proves(receipt, settlement);
  }

  private static SettleResponse refusal(
      FacilitatorRequest request, Reason reason, String detail, Optional<String> payer) {
    return SettleResponse.failed(
        reason.code(), detail, payer, "", request.requirements().network());
  }
}
