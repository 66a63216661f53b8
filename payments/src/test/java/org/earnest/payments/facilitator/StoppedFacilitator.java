package org.earnest.payments.facilitator;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.ForwardingSubmissionJournal;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.submission.PostgresSubmissionJournal;
import org.earnest.payments.store.PostgresSettlements;

/** A facilitator with an account of its own that stops for good at one step of a settlement. */
final class StoppedFacilitator {
  /** Where it can stop, in their order. */
  enum Step {
    /** Found good; nothing is stored. */
    VERIFIED,
    /** The settlement is stored; the engine was not asked. */
    BEGUN,
    /** The engine is about to be asked. */
    ASKED,
    /** The engine knows the request; nothing is signed. */
    CLAIMED,
    /** Signed and stored; nothing was sent. */
    SIGNED,
    /** The node has it; nobody was told. */
    SENT,
    /** Mined; the engine does not know. */
    UNSEEN,
    /** Mined, as the engine has stored; whoever asked it was not told. */
    SEEN,
    /** Mined; the settlement does not say so. */
    MINED,
    /** The settlement says so; nobody was answered. */
    STORED,
    /** It does not. */
    NEVER
  }

  /** Steps of what has no settlement of its own: channels are the engine's alone. */
  static final Set<Step> OF_THE_ENGINE =
      EnumSet.of(Step.ASKED, Step.CLAIMED, Step.SIGNED, Step.SENT, Step.UNSEEN, Step.SEEN);

  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final Duration RESEND = Duration.ofMillis(500);

  private StoppedFacilitator() {}

  /**
   * Wires one. One that does not stop sees through what another left behind, as each does first.
   *
   * @param stop does not return
   */
  static EvmFacilitator at(
      Step step,
      URI node,
      Database database,
      FacilitatorPolicy policy,
      LocalSigner relayer,
      Runnable stop) {
    JsonRpc rpc = new StoppingRpc(HttpJsonRpc.to(node), step, stop);
    ChainReader chain = JsonRpcChainReader.connect(rpc);
    SubmissionSettings settings = SubmissionSettings.DEFAULT.withLeaseTerm(LEASE);
    JournaledTransactionSubmitter submitter =
        new JournaledTransactionSubmitter(
            rpc,
            chain,
            relayer,
            new StoppingJournal(PostgresSubmissionJournal.open(database), step, stop),
            settings.withIntervals(settings.pollInterval(), RESEND));
    if (step == Step.NEVER) {
      submitter.reconcile();
    }
    return new EvmFacilitator(
        chain,
        Relayers.of(submitter),
        new StoppingSettlements(new PostgresSettlements(database), step, stop),
        policy,
        settings.finality(),
        InstantSource.system(),
        EvmFacilitator.PATIENCE);
  }

  private record StoppingRpc(JsonRpc node, Step step, Runnable stop) implements JsonRpc {
    @Override
    public RpcReply call(String method, Object... params) {
      RpcReply reply = node.call(method, params);
      if (step == Step.SENT && method.equals("eth_sendRawTransaction")) {
        stop.run();
      }
      return reply;
    }
  }

  private static final class StoppingJournal extends ForwardingSubmissionJournal {
    private final StoppedFacilitator.Step stopAt;
    private final Runnable stop;

    StoppingJournal(SubmissionJournal journal, StoppedFacilitator.Step stopAt, Runnable stop) {
      super(journal);
      this.stopAt = stopAt;
      this.stop = stop;
    }

    @Override
    public Claim claim(Caip2ChainId chain, EvmAddress sender, SubmissionRequest request) {
      stopAt(StoppedFacilitator.Step.ASKED);
      Claim claim = super.claim(chain, sender, request);
      stopAt(StoppedFacilitator.Step.CLAIMED);
      return claim;
    }

    @Override
    public Transition advance(SubmissionId id, SubmissionState from, SubmissionState to) {
      mined(StoppedFacilitator.Step.UNSEEN, to);
      Transition transition = super.advance(id, from, to);
      mined(StoppedFacilitator.Step.SEEN, to);
      return transition;
    }

    private void mined(StoppedFacilitator.Step at, SubmissionState to) {
      if (to instanceof SubmissionState.Mined) {
        stopAt(at);
      }
    }

    private void stopAt(StoppedFacilitator.Step at) {
      if (stopAt == at) {
        stop.run();
      }
    }

    @Override
    public Transition advance(
        SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
      mined(StoppedFacilitator.Step.UNSEEN, to);
      Transition transition = super.advance(lease, id, from, to);
      mined(StoppedFacilitator.Step.SEEN, to);
      if (to instanceof SubmissionState.Signed) {
        stopAt(StoppedFacilitator.Step.SIGNED);
      }
      return transition;
    }
  }

  private record StoppingSettlements(Settlements settlements, Step step, Runnable stop)
      implements Settlements {
    @Override
    public Optional<Settlement> find(Hash32 id) {
      return settlements.find(id);
    }

    @Override
    public Settlement begin(Settlement settlement) {
      if (step == Step.VERIFIED) {
        stop.run();
      }
      Settlement begun = settlements.begin(settlement);
      if (step == Step.BEGUN) {
        stop.run();
      }
      return begun;
    }

    @Override
    public boolean advance(Settlement seen, Settlement next) {
      boolean settled = next.state() == SettlementState.SETTLED;
      if (settled && step == Step.MINED) {
        stop.run();
      }
      boolean stored = settlements.advance(seen, next);
      if (settled && step == Step.STORED) {
        stop.run();
      }
      return stored;
    }
  }
}
