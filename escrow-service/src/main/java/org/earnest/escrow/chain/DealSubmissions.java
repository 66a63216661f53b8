package org.earnest.escrow.chain;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.earnest.bindings.revert.RevertReason;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.deal.DealId;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionOutcome.Rejected;
import org.earnest.escrow.decide.Refusal;
import org.earnest.escrow.store.Deal;

/**
 * Sends calls under deals' own keys. A try that was refused, and would not be refused now, does not
 * stand in the way for ever: the next one has the next key. The contract's states see to it that
 * only one of them has an effect.
 */
final class DealSubmissions {
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
  private final Reading reading;
  private final Duration patience;

  /** Reads a deal as it stands once a block's events are in. */
  interface Reading {
    Optional<Deal> deal(DealId id, BlockRef block) throws InterruptedException;
  }

  DealSubmissions(EscrowChain chain, Reading reading, Duration patience) {
    this.chain = chain;
    this.reading = reading;
    this.patience = patience;
  }

  /**
   * Sends a call.
   *
   * @param verb together with the deal its key for ever
   * @param shown whether a deal has the call on record
   */
  RelayOutcome send(DealId id, String verb, ChainCall call, Predicate<Deal> shown)
      throws InterruptedException {
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      Rehearsal rehearsal = chain.rehearse(call);
      if (rehearsal instanceof Rehearsal.Refused(RevertReason reason)) {
        return doneOr(id, shown, Reverts.refusal(reason));
      }
      if (!chain.funded()) {
        return new RelayOutcome.Refused(OUT_OF_FUNDS);
      }
      String key = key(id, verb, attempt);
      SubmissionId submission = SubmissionId.of(chain.chainId(), key);
      Optional<RelayOutcome> outcome =
          switch (chain.send(key, call, patience)) {
            case SubmissionOutcome.Settled settled ->
                Optional.of(settled(id, submission, settled, shown));
            case SubmissionOutcome.Pending pending ->
                Optional.of(
                    new RelayOutcome.Waiting(submission, Optional.of(pending.transaction())));
            case SubmissionOutcome.Unknown unknown ->
                Optional.of(new RelayOutcome.Waiting(submission, unknown.transaction()));
            case Rejected rejected -> rejected(submission, rejected, rehearsal);
          };
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    return new RelayOutcome.Refused(TOO_MANY_ATTEMPTS);
  }

  /** Of a call that is on its way under its first key. */
  RelayOutcome waiting(DealId id, String verb) {
    return new RelayOutcome.Waiting(
        SubmissionId.of(chain.chainId(), key(id, verb, 1)), Optional.empty());
  }

  private RelayOutcome settled(
      DealId id, SubmissionId submission, SubmissionOutcome.Settled settled, Predicate<Deal> shown)
      throws InterruptedException {
    return reading
        .deal(id, settled.receipt().block())
        .filter(shown)
        .<RelayOutcome>map(RelayOutcome.Done::new)
        .orElseGet(
            () ->
                new RelayOutcome.Waiting(submission, Optional.of(settled.receipt().transaction())));
  }

  /** What a refusal by the submitter means; empty where the next key may fare better. */
  private static Optional<RelayOutcome> rejected(
      SubmissionId submission, Rejected rejected, Rehearsal rehearsal) {
    return switch (rejected.code()) {
      case "insufficient_funds" -> Optional.of(new RelayOutcome.Refused(OUT_OF_FUNDS));
      case "fee_cap_exceeded" -> Optional.of(new RelayOutcome.Refused(GAS_TOO_DEAR));
      case "gas_limit_exceeded" -> Optional.of(new RelayOutcome.Refused(TOO_MUCH_GAS));
      case "key_reused" ->
          Optional.of(rehearsal)
              .filter(Rehearsal.InFlight.class::isInstance)
              .map(waits -> new RelayOutcome.Waiting(submission, Optional.empty()));
      default ->
          rejected.code().startsWith("policy_")
              ? Optional.of(new RelayOutcome.Refused(AGAINST_POLICY))
              : Optional.empty();
    };
  }

  /** Somebody else may have sent the same meanwhile; then it is done all the same. */
  private RelayOutcome doneOr(DealId id, Predicate<Deal> shown, Refusal refusal)
      throws InterruptedException {
    return reading
        .deal(id, chain.head())
        .filter(shown)
        .<RelayOutcome>map(RelayOutcome.Done::new)
        .orElseGet(() -> new RelayOutcome.Refused(refusal));
  }

  private static Refusal service(String code, String detail) {
    return new Refusal(Refusal.Kind.SERVICE, code, detail);
  }

  private static String key(DealId id, String verb, int attempt) {
    String first = "deal:%s:%s".formatted(id, verb);
    return attempt == 1 ? first : first + ":" + attempt;
  }
}
