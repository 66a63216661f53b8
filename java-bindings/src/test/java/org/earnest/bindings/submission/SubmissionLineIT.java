package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.RpcCall;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.ForwardingSubmissionJournal;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionState;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One account's transactions are a line: what the engine does when somebody in it stands still. */
@Timeout(120)
final class SubmissionLineIT extends SubmissionFixture {
  @Test
  void aLowerNonceThatWasNotSentIsSentForTheOneThatWaitsBehindIt() {
    JournaledTransactionSubmitter submitter = submitter();
    wire.failNext("eth_sendRawTransaction", RpcFault.DROPPED_BEFORE);
    submitter.submit(mint("low"), Duration.ZERO);
    assertThat(state("low")).isInstanceOf(SubmissionState.Signed.class);

    assertThat(submitter.submit(mint("high"), PATIENCE))
        .isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(submitter.submit(mint("low"), PATIENCE))
        .isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(20));
  }

  @Test
  void aNonceThatNobodyHoldsIsFilled() {
    JournaledTransactionSubmitter submitter = submitter();
    automine(false);
    Hash32 foreign = sendFromElsewhere();
    submitter.submit(mint("k"), Duration.ZERO);
    sandbox.rpc.require("anvil_dropTransaction", foreign.hex());
    automine(true);

    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(state("gap:" + sandbox.seller.address().hex() + ":0").signed())
        .hasValueSatisfying(filler -> assertThat(filler.nonce()).isZero());
  }

  @Test
  void aNonceThatAForeignTransactionHoldsIsWaitedFor() {
    JournaledTransactionSubmitter submitter = submitter();
    automine(false);
    sendFromElsewhere();
    submitter.submit(mint("k"), Duration.ZERO);

    assertThat(submitter.reconcile()).isEqualTo(new Reconciliation(0, 0, 1, 0, 0));
    mine();
    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
  }

  @Test
  void whoWaitsForItsTurnWaitsNoLongerThanItsPatience() throws Exception {
    CountDownLatch numbering = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    JournaledTransactionSubmitter submitter =
        submitter(sandbox.seller, SETTINGS, slow(journal, numbering, mayGoOn));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<SubmissionOutcome> first = threads.submit(() -> submitter.submit(mint("a"), PATIENCE));
      numbering.await();

      assertThat(submitter.submit(mint("b"), SHORT))
          .isEqualTo(new SubmissionOutcome.Unknown(Optional.empty()));
      assertThat(state("b")).isEqualTo(new SubmissionState.Claimed());
      assertThat(first.isDone()).isFalse();
      Future<SubmissionOutcome> interrupted =
          threads.submit(
              () -> {
                Thread.currentThread().interrupt();
                return submitter.submit(mint("c"), PATIENCE);
              });
      assertThat(interrupted.get()).isEqualTo(new SubmissionOutcome.Unknown(Optional.empty()));
      mayGoOn.countDown();
      assertThat(first.get()).isInstanceOf(SubmissionOutcome.Settled.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsSignedWhileOneIsSentGoesTogetherInTheOrderOfTheNonces(boolean oneIsRefused)
      throws Exception {
    SlowToSend slow = new SlowToSend(rpc, oneIsRefused);
    rpc = slow;
    JournaledTransactionSubmitter submitter = submitter();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        slow) {
      List<Future<SubmissionOutcome>> asked = new ArrayList<>();
      asked.add(threads.submit(() -> submitter.submit(mint("first"), PATIENCE)));
      slow.sending.await();
      for (String key : List.of("a", "b", "c")) {
        asked.add(threads.submit(() -> submitter.submit(mint(key), PATIENCE)));
        awaitSigned(key);
      }
      // Whoever leaves is taken along all the same.
      assertThat(submitter.submit(mint("left"), SHORT))
          .isEqualTo(new SubmissionOutcome.Unknown(Optional.of(hash("left"))));
      slow.mayGoOn.countDown();
      for (Future<SubmissionOutcome> each : asked) {
        assertThat(each.get()).isInstanceOf(SubmissionOutcome.Settled.class);
      }
    }
    assertThat(slow.requests).startsWith(raws("first"), raws("a", "b", "c", "left"));
    assertThat(submitter.submit(mint("left"), PATIENCE))
        .isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(BigInteger.valueOf(50));
  }

  private List<String> raws(String... keys) {
    return Arrays.stream(keys).map(key -> state(key).signed().orElseThrow().raw()).toList();
  }

  private void awaitSigned(String key) {
    SubmissionId id = SubmissionId.of(sandbox.chain.chainId(), key);
    while (journal.find(id).flatMap(row -> row.state().signed()).isEmpty()) {
      Thread.onSpinWait();
    }
  }

  /** A node whose first answer to what is sent is long in coming, and that may refuse another. */
  private static final class SlowToSend implements JsonRpc, AutoCloseable {
    final CountDownLatch sending = new CountDownLatch(1);
    final CountDownLatch mayGoOn = new CountDownLatch(1);
    final List<List<String>> requests = new CopyOnWriteArrayList<>();
    private final AtomicBoolean refuses;
    private final JsonRpc node;

    SlowToSend(JsonRpc node, boolean refusesOnce) {
      this.node = node;
      this.refuses = new AtomicBoolean(refusesOnce);
    }

    @Override
    public RpcReply call(String method, Object... params) {
      return node.call(method, params);
    }

    @Override
    public List<RpcReply> callAll(List<RpcCall> calls) {
      if (!calls.getFirst().method().equals("eth_sendRawTransaction")) {
        return node.callAll(calls);
      }
      requests.add(calls.stream().map(call -> (String) call.params().getFirst()).toList());
      sending.countDown();
      try {
        mayGoOn.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return calls.size() > 2 && refuses.getAndSet(false)
          ? allButTheSecond(calls)
          : node.callAll(calls);
    }

    private List<RpcReply> allButTheSecond(List<RpcCall> calls) {
      List<RpcCall> others = new ArrayList<>(calls);
      others.remove(1);
      List<RpcReply> replies = new ArrayList<>(node.callAll(others));
      replies.add(1, new RpcReply.Failure(-32000, "txpool is full", Optional.empty()));
      return replies;
    }

    @Override
    public void close() {
      mayGoOn.countDown();
    }
  }

  private static SubmissionJournal slow(
      SubmissionJournal journal, CountDownLatch asked, CountDownLatch mayGoOn) {
    return new ForwardingSubmissionJournal(journal) {
      @Override
      public Transition advance(
          SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
        asked.countDown();
        try {
          mayGoOn.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return super.advance(lease, id, from, to);
      }
    };
  }

  @Test
  void aJournalThatFailsAfterSigningLeavesTheHashToAskBy() {
    FailingJournal failing = new FailingJournal(journal);
    JournaledTransactionSubmitter submitter = submitter(sandbox.seller, SETTINGS, failing);
    failing.failStepsTo(Set.of(SubmissionState.Broadcast.class, SubmissionState.Mined.class));

    assertThat(submitter.submit(mint("k"), SHORT))
        .isEqualTo(new SubmissionOutcome.Unknown(Optional.of(hash("k"))));
    awaitReceipt(hash("k"));
    assertThat(minted()).isEqualTo(TEN);
    failing.failStepsTo(Set.of());
    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(TEN);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aJournalWithoutLeasesLeavesTheHashOfWhatWasTakenBack(boolean chainGrewAgain) {
    FailingJournal failing = new FailingJournal(journal);
    JournaledTransactionSubmitter submitter = submitter(sandbox.seller, SETTINGS, failing);
    String snapshot = sandbox.rpc.require("evm_snapshot").stringValue();
    submitter.submit(mint("k"), PATIENCE);
    sandbox.rpc.require("evm_revert", snapshot);
    if (chainGrewAgain) {
      sandbox.rpc.require("anvil_mine", "0x3");
    }
    failing.failLeases(true);

    assertThat(submitter.submit(mint("k"), SHORT))
        .isEqualTo(new SubmissionOutcome.Unknown(Optional.of(hash("k"))));
    failing.failLeases(false);
    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void whatFailedIsNoBacklog() {
    FailingJournal failing = new FailingJournal(journal);
    JournaledTransactionSubmitter submitter = submitter(sandbox.seller, SETTINGS, failing);
    failing.failLeases(true);

    assertThatThrownBy(() -> submitter.submit(mint("k"), SHORT))
        .isInstanceOf(JournalUnavailableException.class);
    assertThat(submitter.backlog()).isZero();
  }

  @Test
  void aSignatureThatMayNotBeStoredIsNotSent() {
    FailingJournal failing = new FailingJournal(journal);
    JournaledTransactionSubmitter submitter = submitter(sandbox.seller, SETTINGS, failing);
    failing.failStepsTo(Set.of(SubmissionState.Signed.class));

    assertThat(submitter.submit(mint("k"), SHORT))
        .isInstanceOfSatisfying(
            SubmissionOutcome.Unknown.class,
            unknown -> assertThat(unknown.transaction()).isPresent());
    assertThat(wire.calls("eth_sendRawTransaction")).isZero();
    failing.failStepsTo(Set.of());
    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(TEN);
  }
}
