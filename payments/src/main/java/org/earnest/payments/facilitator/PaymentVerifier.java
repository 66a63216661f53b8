package org.earnest.payments.facilitator;

import java.time.InstantSource;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.EvmPayment.Purpose;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.permit2.ByPermit2;
import org.earnest.payments.permit2.EvmPayments;
import org.earnest.payments.wire.FacilitatorRequest;

/**
 * Verifies payments in the order of what it costs: what the payment says, who signed it, and only
 * then the chain. Nothing that is wrong by itself causes a call to the node.
 */
public final class PaymentVerifier {
  private final FacilitatorPolicy policy;
  private final ChainChecks chain;
  private final EvmAddress single;
  private final InstantSource clock;
  private final VerifiedLately lately;

  /**
   * A verifier for one chain.
   *
   * @param single who settles what is bound to its facilitator
   */
  PaymentVerifier(
      FacilitatorPolicy policy, ChainChecks chain, EvmAddress single, InstantSource clock) {
    this.policy = policy;
    this.chain = chain;
    this.single = single;
    this.clock = clock;
    this.lately = new VerifiedLately(clock);
  }

  /**
   * Judges a payment.
   *
   * @throws org.earnest.core.chain.ChainUnavailableException when the chain cannot be asked
   */
  public Verdict verify(FacilitatorRequest request, Purpose purpose) {
    return switch (EvmPayments.of(request)) {
      case Reading.Refused<EvmPayment> refused ->
          new Verdict.Invalid(refused.reason(), refused.detail(), Optional.empty());
      case Reading.Understood<EvmPayment> understood -> verify(understood.value(), purpose);
    };
  }

  private Verdict verify(EvmPayment payment, Purpose purpose) {
    Reading<VerifiedPayment> judged =
        onThisChain(payment)
            .then(policy::judge)
            .then(this::forThisFacilitator)
            .then(allowed -> allowed.judge(clock.instant(), purpose))
            .then(chain::signature)
            .then(chain::contracts)
            .then(chain::rehearsal);
    return switch (judged) {
      case Reading.Understood<VerifiedPayment> good -> {
        lately.add(good.value());
        yield new Verdict.Valid(good.value());
      }
      case Reading.Refused<VerifiedPayment> refused ->
          new Verdict.Invalid(refused.reason(), refused.detail(), Optional.of(payment.payer()));
    };
  }

  /**
   * A payment that was good when it was verified of late, and that somebody has brought on chain
   * since, in the payer's or another's transaction. Where too many failed at once for it to be said
   * why, the chain is asked for this one.
   *
   * @return empty where that is not known
   */
  Optional<VerifiedPayment> usedSince(EvmPayment payment, Verdict.Invalid verdict) {
    Reason reason = verdict.reason();
    boolean told =
        reason == Reason.NONCE_ALREADY_USED || reason == Reason.CAPTURE_ALREADY_COLLECTED;
    boolean untold =
        reason == Reason.SIMULATION_FAILED
            || reason == Reason.CAPTURE_SIMULATION_FAILED
            // what it moved may have been all that its payer had
            || reason == Reason.INSUFFICIENT_BALANCE
            || reason == Reason.CAPTURE_INSUFFICIENT_BALANCE;
    boolean used = (told || untold) && lately.has(payment) && (told || chain.isUsed(payment));
    return used ? Optional.of(new VerifiedPayment(payment)) : Optional.empty();
  }

  /** Scheme upto binds a payment to who settles it. */
  private Reading<EvmPayment> forThisFacilitator(EvmPayment payment) {
    if (payment instanceof ByPermit2 bound
        && bound.requirements().facilitator().filter(who -> !who.equals(single)).isPresent()) {
      return Reading.refused(
          Reason.UPTO_FACILITATOR_MISMATCH, "this facilitator settles as " + single);
    }
    return new Reading.Understood<>(payment);
  }

  private Reading<EvmPayment> onThisChain(EvmPayment payment) {
    if (!payment.price().asset().chain().equals(chain.id())) {
      return Reading.refused(
          Reason.NETWORK_MISMATCH, "this facilitator serves " + chain.id() + " alone");
    }
    return new Reading.Understood<>(payment);
  }
}
