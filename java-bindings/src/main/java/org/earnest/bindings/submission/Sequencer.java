package org.earnest.bindings.submission;

import java.util.concurrent.locks.ReentrantLock;
import org.earnest.bindings.submission.Preparation.Result.Ready;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionState.Broadcast;
import org.earnest.core.submission.SubmissionState.Signed;

/**
 * Gives out the nonces of one account, one at a time: number, sign, store, send. The order on the
 * wire is the order of the nonces. Against another process with the same account the journal's
 * unique (chain, signer, nonce) decides, and the loser takes the next number.
 */
final class Sequencer {
  /** Losing so often means that something else is wrong. */
  private static final int MAX_NONCE_TRIES = 100;

  private final ReentrantLock turn = new ReentrantLock(true);
  private final SubmissionJournal journal;
  private final JournalSteps steps;
  private final ChainReader chain;
  private final Node node;
  private final TransactionFactory transactions;
  private final EvmAddress signer;

  Sequencer(
      SubmissionJournal journal,
      ChainReader chain,
      Node node,
      TransactionFactory transactions,
      EvmAddress signer) {
    this.journal = journal;
    this.steps = new JournalSteps(journal);
    this.chain = chain;
    this.node = node;
    this.transactions = transactions;
    this.signer = signer;
  }

  /** Signs a claimed submission and sends it. */
  Submission signAndSend(Submission claimed, Ready ready) {
    turn.lock();
    try {
      long nonce = nextNonce();
      for (int tries = 0; tries < MAX_NONCE_TRIES; tries++) {
        Signed signed = new Signed(transactions.sign(claimed.request(), nonce, ready));
        switch (steps.step(claimed, signed)) {
          case APPLIED -> {
            return send(claimed.in(signed), signed.transaction());
          }
          case STALE -> {
            return steps.reread(claimed);
          }
          case NONCE_TAKEN -> nonce++;
        }
      }
      throw new ChainUnavailableException("no nonce was free for " + signer);
    } finally {
      turn.unlock();
    }
  }

  /** Sends stored bytes; whatever the node says or does not say, they stay stored. */
  Submission send(Submission submission, SignedTransaction transaction) {
    boolean taken;
    try {
      taken = node.send(transaction.raw());
    } catch (ChainUnavailableException e) {
      return submission;
    }
    if (!taken || !(submission.state() instanceof Signed)) {
      return submission;
    }
    return steps.stepOrReread(submission, new Broadcast(transaction));
  }

  private long nextNonce() {
    long onChain = chain.transactionCount(signer, BlockTag.Named.PENDING).longValueExact();
    long stored = journal.highestNonce(chain.chainId(), signer).orElse(-1) + 1;
    return Math.max(onChain, stored);
  }
}
