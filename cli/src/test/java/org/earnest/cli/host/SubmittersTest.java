package org.earnest.cli.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionListener;
import org.earnest.core.submission.SubmissionOperator.Intervention;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState.Claimed;
import org.earnest.core.submission.SubmissionState.Prepared;
import org.earnest.core.submission.TransactionPlan;
import org.earnest.testkit.submission.InMemorySubmissionJournal;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

final class SubmittersTest {
  private static final Duration OFTEN = Duration.ofMillis(1);
  private static final Duration LONGER_THAN_A_BARE_CLOSE = Duration.ofMillis(300);

  private final AtomicBoolean slow = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final CountDownLatch begun = new CountDownLatch(1);

  @Test
  void closingWaitsForWhatRunsInTheBackground() throws Exception {
    JsonRpc rpc = this::answer;
    try (Submitters submitters =
        new Submitters(
            rpc,
            JsonRpcChainReader.connect(rpc),
            new InMemorySubmissionJournal(InstantSource.system()),
            SubmissionSettings.DEFAULT,
            SubmissionListener.NONE,
            OFTEN)) {
      submitters.of(LocalSigner.random());
      slow.set(true);
      begun.await();
    }

    assertThat(ended).isTrue();
  }

  @Test
  void anOrderGoesToTheAccountThatHasTheNonce() {
    JsonRpc rpc = this::answer;
    InMemorySubmissionJournal journal = new InMemorySubmissionJournal(InstantSource.system());
    JsonRpcChainReader reader = JsonRpcChainReader.connect(rpc);
    EvmAddress away = LocalSigner.random().address();
    SubmissionId unsigned = claim(journal, reader, "a", away);
    SubmissionId elsewhere = claim(journal, reader, "b", away);
    SignerLease lease =
        journal.lease(reader.chainId(), away, new UUID(0, 1), Duration.ofHours(1)).orElseThrow();
    TransactionPlan plan =
        new TransactionPlan(away, 0, BigInteger.TEN, BigInteger.TWO, BigInteger.ONE);
    journal.advance(lease, elsewhere, new Claimed(), new Prepared(plan));
    try (Submitters submitters =
        new Submitters(rpc, reader, journal, SubmissionSettings.DEFAULT, SubmissionListener.NONE)) {
      SubmissionId unknown = SubmissionId.of(reader.chainId(), "c");
      for (Function<SubmissionId, Intervention> order :
          List.<Function<SubmissionId, Intervention>>of(submitters::retry, submitters::cancel)) {
        assertThat(code(order.apply(unknown))).isEqualTo("submission_not_found");
        assertThat(code(order.apply(unsigned))).isEqualTo("submission_unsigned");
        assertThat(code(order.apply(elsewhere))).isEqualTo("account_elsewhere");
      }
    }
  }

  private static SubmissionId claim(
      InMemorySubmissionJournal journal, JsonRpcChainReader reader, String key, EvmAddress by) {
    journal.claim(reader.chainId(), by, new SubmissionRequest(key, by, "0x"));
    return SubmissionId.of(reader.chainId(), key);
  }

  private static String code(Intervention intervention) {
    return ((Intervention.Refused) intervention).code();
  }

  private RpcReply answer(String method, Object... params) {
    if (slow.get()) {
      begun.countDown();
      endLate();
      throw new ChainUnavailableException("interrupted");
    }
    return new RpcReply.Result(
        method.startsWith("eth_getBlock") ? NullNode.getInstance() : StringNode.valueOf("0x1"));
  }

  private void endLate() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException interrupted) {
      try {
        Thread.sleep(LONGER_THAN_A_BARE_CLOSE);
      } catch (InterruptedException again) {
        Thread.currentThread().interrupt();
      }
      ended.set(true);
    }
  }
}
