package org.earnest.payments.facilitator;

import java.time.InstantSource;
import java.util.Optional;
import org.earnest.payments.exact.ExactPayment;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.exact.StaticChecks;
import org.earnest.payments.wire.FacilitatorRequest;

/**
 * Verifies payments in the order of what it costs: what the payment says, who signed it, and only
 * then the chain. Nothing that is wrong by itself causes a call to the node.
 */
public final class PaymentVerifier {
  private final FacilitatorPolicy policy;
  private final ChainChecks chain;
  private final InstantSource clock;

  PaymentVerifier(FacilitatorPolicy policy, ChainChecks chain, InstantSource clock) {
    this.policy = policy;
    this.chain = chain;
    this.clock = clock;
  }

  /**
   * Judges a payment.
   *
   * @throws org.earnest.core.chain.ChainUnavailableException when the chain cannot be asked
   */
  public Verdict verify(FacilitatorRequest request) {
    return switch (ExactPayment.of(request)) {
      case Reading.Refused<ExactPayment> refused ->
          new Verdict.Invalid(refused.reason(), refused.detail(), Optional.empty());
      case Reading.Understood<ExactPayment> understood -> verify(understood.value());
    };
  }

  private Verdict verify(ExactPayment payment) {
    Reading<ExactPayment> judged =
        onThisChain(payment)
            .then(policy::judge)
            .then(allowed -> StaticChecks.judge(allowed, clock.instant()))
            .then(chain::judge);
    return switch (judged) {
      case Reading.Understood<ExactPayment> good ->
          new Verdict.Valid(new VerifiedPayment(good.value()));
      case Reading.Refused<ExactPayment> refused ->
          new Verdict.Invalid(refused.reason(), refused.detail(), Optional.of(payment.payer()));
    };
  }

  private Reading<ExactPayment> onThisChain(ExactPayment payment) {
    if (!payment.requirements().price().asset().chain().equals(chain.id())) {
      return Reading.refused(
          Reason.NETWORK_MISMATCH, "this facilitator serves " + chain.id() + " alone");
    }
    return new Reading.Understood<>(payment);
  }
}
