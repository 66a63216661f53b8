package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.event.BatchEvent;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TransactionReceipt;
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
    quotas.admit(payment.payer(), payment.payTo());
  }

  SubmissionOutcome send(Settlement settlement, Duration patience) {
    return relayers.of(settlement.key().method()).submit(settlement.request(), patience);
  }

  /** Counts its share of the gas of a transaction that was mined in vain. */
  void lost(Settlement settlement, TransactionReceipt receipt) {
    quotas.reverted(settlement, share(receipt));
  }

  /**
   * Gas units of one of those that share the transaction. Nobody but the batch writes such an event
   * here: what a transfer calls is a token of the operator's choice, which asks a wallet for its
   * word without letting it write.
   */
  static BigInteger share(TransactionReceipt receipt) {
    long calls =
        receipt.logs().stream()
            .flatMap(log -> SettlementEvidence.event(log).stream())
            .filter(
                event ->
                    event instanceof BatchEvent.Called called
                        && called.caller().equals(receipt.from()))
            .count();
    return receipt.gasUsed().divide(BigInteger.valueOf(Math.max(1, calls)));
  }

  /** What deploys the payer's wallet, where the payment waits for one that is not there yet. */
  Optional<ChainCall> missingWallet(Settlement settlement, EvmPayment payment) {
    return settlement.state() == SettlementState.SUBMITTED
        ? checks.missingWallet(payment)
        : Optional.empty();
  }

  /**
   * Deploys the payer's wallet, once however often this is asked.
   *
   * @param deployment of a payment that was just verified with it
   * @return what to answer where the wallet is not there, and the payment has to wait
   */
  Optional<SettleResponse> deployed(
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
      case SubmissionOutcome.Rejected rejected -> {
        rejected
            .transaction()
            .flatMap(checks::receipt)
            .ifPresent(receipt -> quotas.minedInVain(settlement.key().from(), receipt));
        yield Optional.of(
            failed(
                settlement,
                Reason.WALLET_DEPLOYMENT_FAILED.code(),
                "the payer's wallet could not be deployed: " + rejected.reason(),
                ""));
      }
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
