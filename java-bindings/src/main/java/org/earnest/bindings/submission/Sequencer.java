package org.earnest.bindings.submission;

import java.util.concurrent.locks.ReentrantLock;
import org.earnest.bindings.submission.Preparation.Result.Ready;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionJournal.Transition;
import org.earnest.core.submission.SubmissionState.Broadcast;
import org.earnest.core.submission.SubmissionState.Signed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives out the nonces of one account, one at a time: number, sign, store, send. The order on the
 * wire is the order of the nonces. Against another process with the same account the journal's
 * unique (chain, signer, nonce) decides, and the loser takes the next number.
 */
final class Sequencer {
  private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);

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

  /** Signs a claimed submission with the next nonce, and sends it. */
  Signing signAndSend(Submission claimed, Ready ready, Patience waiting) {
    if (!waiting.lock(turn)) {
      return new Signing.Late();
    }
    try {
      long nonce = nextNonce();
      for (int tries = 0; tries < MAX_NONCE_TRIES; tries++) {
        SignedTransaction transaction = transactions.sign(claimed.request(), nonce, ready);
        switch (store(claimed, transaction)) {
          case STORED -> {
            return new Signing.Recorded(send(claimed.in(new Signed(transaction)), transaction));
          }
          case STALE -> {
            return new Signing.Recorded(steps.reread(claimed));
          }
          case UNSURE -> {
            return new Signing.Unsure(transaction);
          }
          case NONCE_TAKEN -> nonce++;
        }
      }
      throw new ChainUnavailableException("no nonce was free for " + signer);
    } finally {
      turn.unlock();
    }
  }

  /** Signs a claimed submission with this very nonce, and sends it; or leaves it as it is. */
  void fill(Submission claimed, Ready ready, long nonce) {
    SignedTransaction transaction = transactions.sign(claimed.request(), nonce, ready);
    if (store(claimed, transaction) == Stored.STORED) {
      send(claimed.in(new Signed(transaction)), transaction);
    }
  }

  private Stored store(Submission claimed, SignedTransaction transaction) {
    Transition transition;
    try {
      transition = steps.step(claimed, new Signed(transaction));
    } catch (JournalUnavailableException e) {
      LOG.warn("whether {} was stored is not known; it is not sent", transaction.hash(), e);
      return Stored.UNSURE;
    }
    return switch (transition) {
      case APPLIED -> Stored.STORED;
      case STALE -> Stored.STALE;
      case NONCE_TAKEN -> Stored.NONCE_TAKEN;
    };
  }

  /** Sends stored bytes; whatever the node says or does not say, they stay stored. */
  Submission send(Submission submission, SignedTransaction transaction) {
    try {
      return node.send(transaction) && submission.state() instanceof Signed
          ? steps.stepOrReread(submission, new Broadcast(transaction))
          : submission;
    } catch (ChainUnavailableException e) {
      LOG.warn("{} could not be sent; it will be again", transaction.hash(), e);
    } catch (JournalUnavailableException e) {
      LOG.warn("{} was sent, and the journal could not be told", transaction.hash(), e);
    }
    return submission;
  }

  private long nextNonce() {
    long onChain = chain.transactionCount(signer, BlockTag.Named.PENDING).longValueExact();
    long stored = journal.highestNonce(chain.chainId(), signer).orElse(-1) + 1;
    return Math.max(onChain, stored);
  }

  private enum Stored {
    STORED,
    STALE,
    NONCE_TAKEN,
    /** The journal did not answer: the row may be there, or not. */
    UNSURE
  }
}
