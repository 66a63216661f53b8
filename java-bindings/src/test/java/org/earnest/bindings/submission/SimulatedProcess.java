package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.submission.Audit.Violation;
import org.earnest.bindings.submission.SimulatedThread.Killed;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.Finality;
import org.earnest.core.submission.ForwardingSubmissionJournal;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;

/** One life of a process: the real engine, whose every call of a port may be struck. */
final class SimulatedProcess {
  private final Simulation world;
  private final JournaledTransactionSubmitter engine;
  private boolean dead;
  private long asleepUntil;

  SimulatedProcess(Simulation world, Mutant mutant) {
    this.world = world;
    JsonRpc wire =
        (method, params) ->
            method.equals("eth_chainId")
                ? world.node(method, List.of(params), 0)
                : struck(
                    () -> world.node(method, List.of(params), world.lag(method)),
                    () -> new ChainUnavailableException("told to fail"));
    Mutant.Parts parts = mutant.parts(wire, new StruckJournal(world.store));
    this.engine =
        new JournaledTransactionSubmitter(
            parts.rpc(),
            JsonRpcChainReader.connect(parts.rpc()),
            new SimulatedSigner(),
            parts.journal(),
            SubmissionSettings.DEFAULT
                .withMaxFeePerGas(BigInteger.valueOf(Simulation.FEE_CAP))
                .withFinality(new Finality.Depth(mutant.finality(Simulation.FINALITY))),
            world.threads);
  }

  JournaledTransactionSubmitter engine() {
    return engine;
  }

  boolean isAlive() {
    return !dead;
  }

  void requireAlive() {
    if (dead) {
      throw new Killed();
    }
  }

  /** All its threads stand still until then. */
  long asleepUntil() {
    return asleepUntil;
  }

  void sleepUntil(long nanos) {
    asleepUntil = nanos;
  }

  /** Without a word; its threads are ended by the world. */
  void die() {
    dead = true;
    asleepUntil = 0;
  }

  private <T> T struck(Supplier<T> call, Supplier<RuntimeException> failure) {
    requireAlive();
    world.othersMayGoOn();
    Blow blow = world.blow();
    switch (blow) {
      case KILLED_BEFORE -> die();
      case FAILED_BEFORE -> throw failure.get();
      case SLEPT_BEFORE -> world.sleep(this);
      case NONE, KILLED_AFTER, FAILED_AFTER, SLEPT_AFTER -> {}
    }
    requireAlive();
    T answer = call.get();
    switch (blow) {
      case KILLED_AFTER -> die();
      case FAILED_AFTER -> throw failure.get();
      case SLEPT_AFTER -> world.sleep(this);
      case NONE, KILLED_BEFORE, FAILED_BEFORE, SLEPT_BEFORE -> {}
    }
    requireAlive();
    return answer;
  }

  /** What may happen to a call. */
  enum Blow {
    NONE,
    KILLED_BEFORE,
    KILLED_AFTER,
    FAILED_BEFORE,
    /** It was done, and the answer lost. */
    FAILED_AFTER,
    SLEPT_BEFORE,
    SLEPT_AFTER
  }

  /** The journal as the process reaches it. */
  private final class StruckJournal extends ForwardingSubmissionJournal {
    private Optional<SignerLease> confirmed = Optional.empty();

    private StruckJournal(SubmissionJournal real) {
      super(real);
    }

    private <T> T asked(Supplier<T> question) {
      return struck(
          question,
          () -> new JournalUnavailableException("told to fail", new IllegalStateException()));
    }

    @Override
    public Claim claim(Caip2ChainId chain, EvmAddress sender, SubmissionRequest request) {
      return asked(() -> super.claim(chain, sender, request));
    }

    @Override
    public Transition advance(SubmissionId id, SubmissionState from, SubmissionState to) {
      return asked(() -> super.advance(id, from, to));
    }

    @Override
    public Transition advance(
        SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
      if (confirmed.filter(lease::equals).isEmpty()) {
        throw new Violation(
            "a step under a lease that the journal did not confirm when last asked");
      }
      return asked(() -> super.advance(lease, id, from, to));
    }

    @Override
    public Optional<SignerLease> lease(
        Caip2ChainId chain, EvmAddress signer, UUID holder, Duration term) {
      confirmed = Optional.empty();
      confirmed = asked(() -> super.lease(chain, signer, holder, term));
      return confirmed;
    }

    @Override
    public void release(SignerLease lease) {
      boolean unused =
          asked(
              () -> {
                super.release(lease);
                return true;
              });
    }

    @Override
    public Optional<Submission> find(SubmissionId id) {
      return asked(() -> super.find(id));
    }

    @Override
    public List<SignedTransaction> attempts(SubmissionId id) {
      return asked(() -> super.attempts(id));
    }

    @Override
    public List<Submission> open(Caip2ChainId chain, EvmAddress account) {
      return asked(() -> super.open(chain, account));
    }

    @Override
    public List<Submission> included(Caip2ChainId chain, EvmAddress signer) {
      return asked(() -> super.included(chain, signer));
    }

    @Override
    public List<Submission> finals(Caip2ChainId chain, EvmAddress signer, long below, int limit) {
      return asked(() -> super.finals(chain, signer, below, limit));
    }

    @Override
    public List<Submission> fromNonce(Caip2ChainId chain, EvmAddress signer, long nonce) {
      return asked(() -> super.fromNonce(chain, signer, nonce));
    }

    @Override
    public BigInteger committed(
        Caip2ChainId chain, EvmAddress signer, Duration window, SubmissionId except) {
      return asked(() -> super.committed(chain, signer, window, except));
    }

    @Override
    public OptionalLong highestNonce(Caip2ChainId chain, EvmAddress signer) {
      return asked(() -> super.highestNonce(chain, signer));
    }
  }
}
