package org.earnest.escrow.chain;

import java.time.Duration;
import java.util.Optional;
import org.earnest.bindings.revert.RevertReason;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionOutcome.Rejected;
import org.earnest.escrow.decide.Refusal;

/**
 * Sends calls under their subjects' own keys. A try that was refused, and would not be refused now,
 * does not stand in the way for ever: the next one has the next key. The contract's states see to
 * it that only one of them has an effect.
 */
final class Submissions {
  private static final int MAX_ATTEMPTS = 16;
  private static final Refusal OUT_OF_FUNDS =
      service(
          "relayer_out_of_funds",
          "The account that pays for gas is empty; the operator must fill it.");
  private static final Refusal GAS_TOO_DEAR =
      service(
          "gas_too_dear",
          "The chain asks for more per gas than the operator allows. Send it again later.");
  private static final Refusal AGAINST_POLICY =
      service(
          "relayer_policy",
          "The policy of the relaying account's key forbids it; the operator must look. Any party"
              + " may send it by itself.");
  private static final Refusal TOO_MUCH_GAS =
      new Refusal(
          Refusal.Kind.STATE,
          "too_much_gas",
          "It needs more gas than the operator allows; any party may send it by itself.");
  private static final Refusal TOO_MANY_ATTEMPTS =
      new Refusal(
          Refusal.Kind.STATE,
          "too_many_attempts",
          "This was sent %d times in vain; any party may send it by itself."
              .formatted(MAX_ATTEMPTS));

  private final EscrowChain chain;
  private final Duration patience;

  /** Reads what a call changes once a block's events are in; empty where it does not show it. */
  interface Reading<T> {
    Optional<T> after(BlockRef block) throws InterruptedException;
  }

  Submissions(EscrowChain chain, Duration patience) {
    this.chain = chain;
    this.patience = patience;
  }

  /**
   * Sends a call.
   *
   * @param subject its key for ever
   */
  <T> RelayOutcome<T> send(String subject, ChainCall call, Reading<T> reading)
      throws InterruptedException {
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      Rehearsal rehearsal = chain.rehearse(call);
      if (rehearsal instanceof Rehearsal.Refused(RevertReason reason)) {
        return doneOr(reading, Reverts.refusal(reason));
      }
      if (!chain.funded()) {
        return new RelayOutcome.Refused<>(OUT_OF_FUNDS);
      }
      String key = key(subject, attempt);
      SubmissionId submission = SubmissionId.of(chain.chainId(), key);
      Optional<RelayOutcome<T>> outcome =
          switch (chain.send(key, call, patience)) {
            case SubmissionOutcome.Settled settled ->
                Optional.of(settled(submission, settled, reading));
            case SubmissionOutcome.Pending pending ->
                Optional.of(
                    new RelayOutcome.Waiting<>(
                        submission,
                        Optional.of(pending.transaction()),
                        Optional.of(pending.inclusion())));
            case SubmissionOutcome.Unknown unknown ->
                Optional.of(new RelayOutcome.Waiting<>(submission, unknown.transaction()));
            case Rejected rejected -> rejected(submission, rejected, rehearsal);
          };
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    return new RelayOutcome.Refused<>(TOO_MANY_ATTEMPTS);
  }

  /** Of a call that is on its way under its first key. */
  <T> RelayOutcome<T> waiting(String subject) {
    return new RelayOutcome.Waiting<>(
        SubmissionId.of(chain.chainId(), key(subject, 1)), Optional.empty());
  }

  private static <T> RelayOutcome<T> settled(
      SubmissionId submission, SubmissionOutcome.Settled settled, Reading<T> reading)
      throws InterruptedException {
    return reading
        .after(settled.receipt().block())
        .<RelayOutcome<T>>map(RelayOutcome.Done::new)
        .orElseGet(
            () ->
                new RelayOutcome.Waiting<>(
                    submission,
                    Optional.of(settled.receipt().transaction()),
                    Optional.of(settled.inclusion())));
  }

  /** What a refusal by the submitter means; empty where the next key may fare better. */
  private static <T> Optional<RelayOutcome<T>> rejected(
      SubmissionId submission, Rejected rejected, Rehearsal rehearsal) {
    return switch (rejected.code()) {
      case "insufficient_funds" -> Optional.of(new RelayOutcome.Refused<>(OUT_OF_FUNDS));
      case "fee_cap_exceeded" -> Optional.of(new RelayOutcome.Refused<>(GAS_TOO_DEAR));
      case "gas_limit_exceeded" -> Optional.of(new RelayOutcome.Refused<>(TOO_MUCH_GAS));
      case "key_reused" ->
          Optional.of(rehearsal)
              .filter(Rehearsal.InFlight.class::isInstance)
              .map(waits -> new RelayOutcome.Waiting<>(submission, Optional.empty()));
      default ->
          rejected.code().startsWith("policy_")
              ? Optional.of(new RelayOutcome.Refused<>(AGAINST_POLICY))
              : Optional.empty();
    };
  }

  /** Somebody else may have sent the same meanwhile; then it is done all the same. */
  private <T> RelayOutcome<T> doneOr(Reading<T> reading, Refusal refusal)
      throws InterruptedException {
    return reading
        .after(chain.head())
        .<RelayOutcome<T>>map(RelayOutcome.Done::new)
        .orElseGet(() -> new RelayOutcome.Refused<>(refusal));
  }

  private static Refusal service(String code, String detail) {
    return new Refusal(Refusal.Kind.SERVICE, code, detail);
  }

  private static String key(String subject, int attempt) {
    return attempt == 1 ? subject : subject + ":" + attempt;
  }
}
