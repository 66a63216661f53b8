package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.wire.SettleResponse;

/** What is sent for payments, and who has had enough of it. */
final class Sending {
  private final Relayers relayers;
  private final ChainChecks checks;
  private final Quotas quotas;

  Sending(Relayers relayers, ChainChecks checks, Quotas quotas) {
    this.relayers = relayers;
    this.checks = checks;
    this.quotas = quotas;
  }

  /**
   * Counts a settlement that is to begin.
   *
   * @throws FacilitatorUnavailableException when payer or payee has had its share
   */
  void admit(EvmPayment payment) {
    Optional<Quotas.Exhausted> exhausted = quotas.take(payment);
    if (exhausted.isPresent()) {
      throw new FacilitatorUnavailableException(
          exhausted.get().obstacle(), exhausted.get().retryAfter());
    }
  }

  SubmissionOutcome send(Settlement settlement, Duration patience) {
    return relayers.of(settlement.key().method()).submit(settlement.request(), patience);
  }

  /** Counts gas of a transaction that was mined in vain. */
  void lost(Settlement settlement, BigInteger gas) {
    quotas.reverted(settlement, gas);
  }

  /**
   * Deploys the payer's wallet where it is not there yet, once however often this is asked.
   *
   * @return what to answer where the wallet is not there, and the payment has to wait
   */
  Optional<SettleResponse> wallet(Settlement settlement, EvmPayment payment, Duration patience) {
    if (settlement.state() != SettlementState.SUBMITTED) {
      return Optional.empty();
    }
    return checks
        .missingWallet(payment)
        .flatMap(deployment -> deployed(settlement, deployment, patience));
  }

  private Optional<SettleResponse> deployed(
      Settlement settlement, ChainCall deployment, Duration patience) {
    Hash32 what = Keccak256.hash(Hex.decode(deployment.data()));
    String key =
        "x402-wallet:%s:%s:%s:%s"
            .formatted(
                settlement.key().asset().chain(), settlement.key().from(), deployment.to(), what);
    SubmissionRequest request = new SubmissionRequest(key, deployment.to(), deployment.data());
    return switch (relayers.single().submit(request, patience)) {
      case SubmissionOutcome.Settled settled -> Optional.empty();
      case SubmissionOutcome.Pending pending ->
          Optional.of(waiting(settlement, pending.transaction().hex()));
      case SubmissionOutcome.Unknown unknown ->
          Optional.of(waiting(settlement, unknown.transaction().map(Hash32::hex).orElse("")));
      case SubmissionOutcome.Rejected rejected ->
          Optional.of(
              failed(
                  settlement,
                  Reason.WALLET_DEPLOYMENT_FAILED.code(),
                  "the payer's wallet could not be deployed: " + rejected.reason(),
                  ""));
    };
  }

  private static SettleResponse waiting(Settlement settlement, String transaction) {
    return failed(
        settlement,
        SettleResponse.PENDING,
        "the payer's wallet is being deployed; settle the same payment again",
        transaction);
  }

  private static SettleResponse failed(
      Settlement settlement, String reason, String detail, String transaction) {
    return SettleResponse.failed(
        reason,
        detail,
        Optional.of(settlement.key().from().hex()),
        transaction,
        settlement.key().asset().chain().toString());
  }
}
