package org.earnest.cli.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.ChainUnavailableException;
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
            OFTEN)) {
      submitters.of(LocalSigner.random());
      slow.set(true);
      begun.await();
    }

    assertThat(ended).isTrue();
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
