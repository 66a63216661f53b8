package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionOutcome.Settled;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/** A request that is refused again and again must not fill the journal. */
final class SubmissionRejectionTest extends SubmissionOnASimulatedNode {
  private final AtomicInteger asked = new AtomicInteger();
  private boolean poor = true;
  private boolean reverts;

  SubmissionRejectionTest() {
    instead = this::answer;
  }

  private RpcReply answer(String method, Object... params) {
    if (method.equals("eth_getBalance") && poor) {
      return new RpcReply.Result(StringNode.valueOf("0x" + asked.incrementAndGet()));
    }
    return method.equals("eth_call") && reverts
        ? new RpcReply.Failure(3, "execution reverted", Optional.of(StringNode.valueOf("0x")))
        : node.call(method, List.of(params), lag);
  }

  @Test
  void theSameRefusalIsRememberedOnce() {
    SubmissionOutcome.Rejected first = rejected();
    for (int i = 0; i < 50; i++) {
      assertThat(rejected().code()).isEqualTo("insufficient_funds");
    }
    assertThat(rejected().reason()).isNotEqualTo(first.reason());
    assertThat(steps).hasSize(1);
    assertThat(state("k")).isEqualTo(new Rejected(first.code(), first.reason()));

    poor = false;
    reverts = true;
    assertThat(rejected().code()).isEqualTo("reverted");
    assertThat(rejected().code()).isEqualTo("reverted");
    assertThat(steps).hasSize(2);

    reverts = false;
    submit("k");
    chain.mine();
    assertThat(submit("k")).isInstanceOf(Settled.class);
  }

  @Test
  void whoeverAllowsItToBeGivenUpSharesTheSubmission() {
    poor = false;
    submit("k");
    chain.mine();
    assertThat(submitter.submit(request("k").orCancelled(), Duration.ZERO))
        .isInstanceOf(Settled.class);
    assertThat(submit("k")).isInstanceOf(Settled.class);
  }

  @Test
  void whoIsRefusedAfterAnotherHasSentIsToldOfThat() {
    poor = false;
    reverts = true;
    rejected();
    JournaledTransactionSubmitter other = submitter(SubmissionSettings.DEFAULT);
    instead =
        (method, params) -> {
          if (method.equals("eth_call")) {
            instead = (method2, params2) -> node.call(method2, List.of(params2), lag);
            other.submit(request("k"), Duration.ZERO);
            return new RpcReply.Failure(
                3, "execution reverted", Optional.of(StringNode.valueOf("0x")));
          }
          return node.call(method, List.of(params), lag);
        };

    assertThat(submit("k")).isInstanceOf(SubmissionOutcome.Pending.class);
  }

  private SubmissionOutcome.Rejected rejected() {
    return (SubmissionOutcome.Rejected) submit("k");
  }
}
