package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.EvmPayment.Purpose;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.wire.FacilitatorRequest;
import org.junit.jupiter.api.Test;

/** A payment that moved after it was verified is known, however many others fail just then. */
class UsedSinceTest {
  private static final long HEAD = 100;
  private static final FacilitatorRequest REQUEST = Payments.good("a");
  private static final EvmPayment PAYMENT = Payments.read(REQUEST);

  @Test
  void aFailureThatNobodyHadTimeToExplainIsLookedInto() {
    PaymentVerifier verifier = verifier(HEAD);

    assertThat(verifier.usedSince(PAYMENT, failed(Reason.SIMULATION_FAILED)))
        .as("never verified")
        .isEmpty();
    assertThat(verifier.verify(REQUEST, Purpose.VERIFY)).isInstanceOf(Verdict.Valid.class);
    assertThat(verifier.usedSince(PAYMENT, failed(Reason.SIMULATION_FAILED))).isPresent();
    assertThat(verifier.usedSince(PAYMENT, failed(Reason.NONCE_ALREADY_USED))).isPresent();
    assertThat(verifier.usedSince(PAYMENT, failed(Reason.INSUFFICIENT_BALANCE)))
        .as("it moved all that the payer had")
        .isPresent();
    assertThat(verifier.usedSince(PAYMENT, failed(Reason.TOKEN_NAME_MISMATCH))).isEmpty();
  }

  @Test
  void aFailureOfWhatNothingUsedStaysOne() {
    PaymentVerifier verifier = verifier(HEAD + 1);

    assertThat(verifier.verify(REQUEST, Purpose.VERIFY)).isInstanceOf(Verdict.Valid.class);
    assertThat(verifier.usedSince(PAYMENT, failed(Reason.SIMULATION_FAILED))).isEmpty();
    assertThat(verifier.usedSince(PAYMENT, failed(Reason.INSUFFICIENT_BALANCE))).isEmpty();
  }

  private static PaymentVerifier verifier(long usedIn) {
    TransactionSubmitter nobody = new Nobody();
    ChainChecks checks =
        new ChainChecks(
            new UsedAuthorizationChain(HEAD, usedIn, true), Relayers.of(nobody), Optional.empty());
    return new PaymentVerifier(
        FacilitatorPolicy.ofAssets(Payments.USDC), checks, nobody.sender(), () -> Payments.NOW);
  }

  private static Verdict.Invalid failed(Reason reason) {
    return new Verdict.Invalid(reason, "failed", Optional.empty());
  }

  /** Has an address, and is never asked to send. */
  private record Nobody() implements TransactionSubmitter {
    @Override
    public EvmAddress sender() {
      return Payments.SELLER;
    }

    @Override
    public SubmissionOutcome submit(SubmissionRequest request, Duration patience) {
      throw new AssertionError("nothing is sent");
    }

    @Override
    public Optional<SubmissionOutcome> find(SubmissionRequest request, Duration patience) {
      return Optional.empty();
    }
  }
}
