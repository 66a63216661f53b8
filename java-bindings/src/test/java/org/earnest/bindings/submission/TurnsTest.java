package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.Function;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.ForwardingSubmissionJournal;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.SignerLease;
import org.earnest.testkit.submission.InMemorySubmissionJournal;
import org.junit.jupiter.api.Test;

/** One account's lease, while threads of its holder wait in a queue. */
final class TurnsTest {
  private static final Duration TERM = Duration.ofSeconds(5);
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(1);
  private static final EvmAddress SIGNER = SimulatedSigner.ADDRESS;

  private final SimulatedTime time = new SimulatedTime();
  private boolean queued = true;
  private boolean fails;
  private int asked;
  private final InMemorySubmissionJournal shared = new InMemorySubmissionJournal(time);
  private final ForwardingSubmissionJournal journal =
      new ForwardingSubmissionJournal(shared) {
        @Override
        public Optional<SignerLease> lease(
            Caip2ChainId chain, EvmAddress signer, UUID holder, Duration term) {
          asked++;
          if (fails) {
            throw new JournalUnavailableException("told to fail", new IllegalStateException());
          }
          return super.lease(chain, signer, holder, term);
        }
      };
  private final Turns turns = new Turns(journal, CHAIN, SIGNER, TERM, new Busy());

  @Test
  void theNextInTheQueueAsksNobody() {
    long hold = hold();

    assertThat(hold()).isEqualTo(hold);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void aRenewalThatFailedIsNotFresh() {
    long before = hold();
    time.pass(TERM.dividedBy(5));
    fails = true;
    assertThatThrownBy(() -> run(lease -> lease)).isInstanceOf(JournalUnavailableException.class);

    fails = false;
    assertThat(hold()).isGreaterThan(before);
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void aRenewalThatFailedWithinATurnEndsTheHold() {
    assertThatThrownBy(
            () ->
                run(
                    lease -> {
                      time.pass(TERM.dividedBy(5));
                      fails = true;
                      return turns.keep(lease);
                    }))
        .isInstanceOf(JournalUnavailableException.class);
    fails = false;
    run(lease -> lease);

    assertThat(asked).isEqualTo(3);
  }

  @Test
  void whatWasTakenAnewWithinATurnIsGivenBack() {
    queued = false;
    boolean kept =
        run(
            lease -> {
              time.pass(TERM);
              shared.release(others(TERM).orElseThrow());
              return turns.keep(lease);
            });

    assertThat(kept).isFalse();
    assertThat(others(TERM)).isPresent();
  }

  private Optional<SignerLease> others(Duration term) {
    return shared.lease(CHAIN, SIGNER, new UUID(7, 7), term);
  }

  private long hold() {
    return run(lease -> turns.hold());
  }

  private <T> T run(Function<SignerLease, T> work) {
    return turns.run(new Patience(Duration.ZERO, TERM, time), work).orElseThrow();
  }

  /** Where somebody always waits for the lock. */
  private final class Busy implements Ticks {
    @Override
    public long nanos() {
      return time.nanos();
    }

    @Override
    public void sleep(Duration length) {
      time.sleep(length);
    }

    @Override
    public QueueLock lock(boolean fair) {
      return new Queue();
    }
  }

  private final class Queue implements QueueLock {
    @Override
    public boolean hasQueuedThreads() {
      return queued;
    }

    @Override
    public boolean tryLock() {
      return true;
    }

    @Override
    public boolean tryLock(long patience, TimeUnit unit) {
      return true;
    }

    @Override
    public void unlock() {}

    @Override
    public void lock() {}

    @Override
    public void lockInterruptibly() {}

    @Override
    public Condition newCondition() {
      throw new UnsupportedOperationException();
    }
  }
}
