package org.earnest.bindings.submission;

import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;

/** What came of the attempt to sign a submission. */
sealed interface Signing {
  /** As the journal has it, by whomever. */
  record Recorded(Submission submission) implements Signing {}

  /** Stored by this call, and not sent yet. */
  record Stored(Submission submission, SignedTransaction transaction) implements Signing {}

  /** Stored by this call, and sent; a node took it, and the journal does not know that yet. */
  record Taken(Submission submission, SignedTransaction transaction) implements Signing {}

  /** Whether it was stored is not known; it was not sent. */
  record Unsure(SignedTransaction transaction) implements Signing {}

  /** It has its nonce, and its signer does not answer: it is signed when that is back. */
  record Unsigned(Submission submission) implements Signing {}

  /** Patience ended before its turn came; nothing was signed. */
  record Late() implements Signing {}

  /** The account's lease passed to another process; nothing was stored. */
  record Outrun() implements Signing {}
}
