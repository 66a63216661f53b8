package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.event.BatchEvent;
import org.earnest.bindings.event.Decoding;
import org.earnest.bindings.event.EventDecoder;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionOutcome.Pending;
import org.earnest.core.submission.SubmissionOutcome.Rejected;
import org.earnest.core.submission.SubmissionOutcome.Settled;
import org.earnest.core.submission.SubmissionOutcome.Unknown;

/** What is told of one call of a batch, by what is known of the batch. */
final class CarriedOutcomes {
  /**
   * Of its promise, in percent. Whoever calls on keeps 1/64 (EIP-150), and may give a reason of its
   * own when that call fails for want of gas; what fails otherwise stays below the margin.
   */
  private static final long ALL_BUT_ALL = 90;

  private CarriedOutcomes() {}

  /**
   * The call's outcome.
   *
   * @param batch the contract that the carrier called
   */
  static SubmissionOutcome of(SubmissionOutcome carrier, EvmAddress batch, int index) {
    return switch (carrier) {
      case Settled settled -> called(settled, batch, index);
      // Until it is given up for good, a reorganisation may still have it done.
      case Rejected rejected ->
          rejected
              .transaction()
              .<SubmissionOutcome>map(Pending::new)
              .orElseGet(() -> new Unknown(Optional.empty()));
      case Pending pending -> pending;
      case Unknown unknown -> unknown;
    };
  }

  /**
   * The calls that had no effect in a transaction that was mined.
   *
   * @param batch the contract that the carrier called
   */
  static List<Failure> failures(TransactionReceipt receipt, EvmAddress batch) {
    return receipt.logs().stream()
        .flatMap(log -> read(log, batch, receipt.from()).stream())
        .filter(called -> !called.success())
        .map(CarriedOutcomes::failure)
        .toList();
  }

  /**
   * A call without effect.
   *
   * @param gasUsed gas units
   */
  record Failure(int index, String code, String reason, BigInteger gasUsed) {}

  /** The logs of a call come before the event that tells of it, and after the one before. */
  private static SubmissionOutcome called(Settled settled, EvmAddress batch, int index) {
    TransactionReceipt receipt = settled.receipt();
    List<ChainLog> own = new ArrayList<>();
    for (ChainLog log : receipt.logs()) {
      Optional<BatchEvent.Called> called = read(log, batch, receipt.from());
      if (called.isEmpty()) {
        own.add(log);
      } else if (called.get().index().intValueExact() == index) {
        return told(settled, called.get(), own);
      } else {
        own.clear();
      }
    }
    return new Unknown(Optional.of(receipt.transaction()));
  }

  /** A callee may come back and have events emitted, but as another caller. */
  private static Optional<BatchEvent.Called> read(
      ChainLog log, EvmAddress batch, EvmAddress caller) {
    return log.address().equals(batch)
            && EventDecoder.decode(log) instanceof Decoding.Decoded decoded
            && decoded.event() instanceof BatchEvent.Called called
            && called.caller().equals(caller)
        ? Optional.of(called)
        : Optional.empty();
  }

  private static SubmissionOutcome told(
      Settled settled, BatchEvent.Called called, List<ChainLog> logs) {
    TransactionReceipt receipt = settled.receipt();
    return called.success()
        ? new Settled(withLogs(receipt, logs), settled.inclusion())
        : failed(called, settled);
  }

  private static SubmissionOutcome failed(BatchEvent.Called called, Settled settled) {
    Failure failure = failure(called);
    Hash32 transaction = settled.receipt().transaction();
    return new Rejected(failure.code(), failure.reason(), transaction, settled.inclusion());
  }

  private static Failure failure(BatchEvent.Called called) {
    int index = called.index().intValueExact();
    String reason = RevertDecoder.decode(called.returnData()).toString();
    return isOutOfGas(called)
        ? new Failure(
            index,
            "out_of_gas",
            called.gasUsed() + " of the " + called.gas() + " units for it were used: " + reason,
            called.gasUsed())
        : new Failure(index, "reverted", reason, called.gasUsed());
  }

  private static boolean isOutOfGas(BatchEvent.Called called) {
    BigInteger most = called.gas().multiply(BigInteger.valueOf(ALL_BUT_ALL));
    return called.gasUsed().multiply(BigInteger.valueOf(100)).compareTo(most) >= 0;
  }

  private static TransactionReceipt withLogs(TransactionReceipt whole, List<ChainLog> logs) {
    return new TransactionReceipt(
        whole.transaction(),
        whole.block(),
        whole.from(),
        whole.succeeded(),
        whole.gasUsed(),
        whole.effectiveGasPrice(),
        whole.contractAddress(),
        logs);
  }
}
