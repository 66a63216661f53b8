package org.earnest.core.submission;

import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;

/** What is known of a submission when the caller's patience ends. */
public sealed interface SubmissionOutcome {
  /**
   * Mined and successful.
   *
   * @param inclusion {@link Inclusion#INCLUDED} or {@link Inclusion#FINAL}; whoever must not be
   *     told otherwise later asks again until it is final
   */
  record Settled(TransactionReceipt receipt, Inclusion inclusion) implements SubmissionOutcome {
    /** In a block that may still be taken back. */
    public Settled(TransactionReceipt receipt) {
      this(receipt, Inclusion.INCLUDED);
    }
  }

  /**
   * Will not happen: refused before it was sent, or mined and reverted.
   *
   * @param code stable: {@code reverted}, {@code key_reused}, {@code insufficient_funds}, {@code
   *     gas_limit_exceeded}, {@code fee_cap_exceeded}, {@code nonce_spent}, {@code expired}, {@code
   *     out_of_gas} of one of several in a transaction, {@code dissolved} of a batch, and those of
   *     the key's policy: {@code policy_contract_not_allowed}, {@code policy_function_not_allowed},
   *     {@code policy_value_cap}, {@code policy_fee_cap}, {@code policy_day_budget}
   * @param reason the contract's error with its arguments, or a sentence
   * @param transaction present when it was mined
   * @param inclusion of that transaction. While it is {@link Inclusion#INCLUDED}, a reorganisation
   *     may still give the request its effect: ask again until {@link Inclusion#FINAL} before you
   *     do by another key what must not happen twice. Empty when nothing is on the chain, nor can
   *     be
   */
  record Rejected(
      String code, String reason, Optional<Hash32> transaction, Optional<Inclusion> inclusion)
      implements SubmissionOutcome {
    /** Refused before anything was sent. */
    public Rejected(String code, String reason) {
      this(code, reason, Optional.empty(), Optional.empty());
    }

    /** Mined in vain. */
    public Rejected(String code, String reason, Hash32 transaction, Inclusion inclusion) {
      this(code, reason, Optional.of(transaction), Optional.of(inclusion));
    }
  }

  /**
   * Sent and not mined; or one of several in a transaction that was mined without effect, while
   * that is not final.
   *
   * @param inclusion {@link Inclusion#PENDING} or {@link Inclusion#REORGED}
   */
  record Pending(Hash32 transaction, Inclusion inclusion) implements SubmissionOutcome {
    /** Sent and not yet mined. */
    public Pending(Hash32 transaction) {
      this(transaction, Inclusion.PENDING);
    }
  }

  /**
   * Nobody knows yet; ask again by the same request or the hash, and do not send anew.
   *
   * @param transaction empty while nothing was signed for this request
   */
  record Unknown(Optional<Hash32> transaction) implements SubmissionOutcome {}
}
