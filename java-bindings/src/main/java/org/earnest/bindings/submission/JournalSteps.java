package org.earnest.bindings.submission;

import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionJournal.Claim;
import org.earnest.core.submission.SubmissionJournal.Step;
import org.earnest.core.submission.SubmissionJournal.Transition;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Carried;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.earnest.core.submission.TransactionPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes steps in the journal, one log line each. */
final class JournalSteps {
  private static final Logger LOG = LoggerFactory.getLogger(JournalSteps.class);

  private final SubmissionJournal journal;

  JournalSteps(SubmissionJournal journal) {
    this.journal = journal;
  }

  /** {@link SubmissionJournal#claim}. */
  Claim claim(Caip2ChainId chain, EvmAddress sender, SubmissionRequest request) {
    Claim claim = journal.claim(chain, sender, request);
    if (claim instanceof Claim.Taken taken) {
      log(taken.submission(), "-", taken.submission().state());
    }
    return claim;
  }

  Transition step(Submission submission, SubmissionState to) {
    return logged(submission, to, journal.advance(submission.id(), submission.state(), to));
  }

  /** A step that only the holder of the account's lease may take. */
  Transition step(SignerLease lease, Submission submission, SubmissionState to) {
    return logged(submission, to, journal.advance(lease, submission.id(), submission.state(), to));
  }

  /** Claims a carrier for these, all or none. */
  Transition carry(Submission carrier, List<Submission> items) {
    Transition transition =
        journal.carry(carrier.chain(), carrier.sender(), carrier.request(), items);
    if (transition == Transition.APPLIED) {
      log(carrier, "-", carrier.state());
    }
    for (int index = 0; index < items.size(); index++) {
      logged(items.get(index), new Carried(carrier.id(), index), transition);
    }
    return transition;
  }

  /**
   * Gives up what a carrier carried, if it came to nothing.
   *
   * @return whether it did
   */
  boolean dissolve(SubmissionId carrier) {
    Optional<List<Step>> steps = journal.dissolve(carrier);
    for (Step step : steps.orElse(List.of())) {
      logged(step.before(), step.to(), Transition.APPLIED);
    }
    return steps.isPresent();
  }

  private static Transition logged(
      Submission submission, SubmissionState to, Transition transition) {
    if (transition == Transition.APPLIED) {
      log(submission, name(submission.state()), to);
    }
    return transition;
  }

  private static void log(Submission submission, String from, SubmissionState to) {
    LOG.atInfo()
        .addKeyValue("submission", submission.id())
        .addKeyValue("key", submission.request().key())
        .addKeyValue("from", from)
        .addKeyValue("to", name(to))
        .addKeyValue(
            "nonce", to.planned().map(TransactionPlan::nonce).map(Object::toString).orElse("-"))
        .addKeyValue(
            "transaction",
            to.signed().map(SignedTransaction::hash).map(Object::toString).orElse("-"))
        .log("submission {}", name(to));
  }

  /** The submission as it stands now. */
  Submission reread(Submission submission) {
    return journal
        .find(submission.id())
        .orElseThrow(() -> new IllegalStateException("the journal lost " + submission.id()));
  }

  /** Everything that was ever signed for it. */
  List<SignedTransaction> attempts(Submission submission) {
    return journal.attempts(submission.id());
  }

  /** The submission after the step, or as somebody else has left it meanwhile. */
  Submission stepOrReread(Submission submission, SubmissionState to) {
    return step(submission, to) == Transition.APPLIED ? submission.in(to) : reread(submission);
  }

  /**
   * Who is refused in the same way again is told so, and the journal keeps the first time; unless
   * another has signed it meanwhile.
   */
  Submission reject(Submission unsigned, Rejected now) {
    if (unsigned.state().mayBecome(now)) {
      return stepOrReread(unsigned, now);
    }
    Submission current = reread(unsigned);
    return current.state() instanceof Rejected ? current.in(now) : current;
  }

  /**
   * Closes what is open, from whichever open state others have brought it to; leaves it if they
   * have closed it.
   *
   * @param whenClosed done where it was closed here
   */
  Submission close(Submission open, SubmissionState to, Runnable whenClosed) {
    Submission current = open;
    while (current.state().open()) {
      if (step(current, to) == Transition.APPLIED) {
        whenClosed.run();
        return current.in(to);
      }
      current = reread(current);
    }
    return current;
  }

  static String name(SubmissionState state) {
    return state.getClass().getSimpleName();
  }
}
