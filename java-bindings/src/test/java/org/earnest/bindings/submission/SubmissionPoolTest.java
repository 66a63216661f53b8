package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.earnest.bindings.rpc.RpcReply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/** What waits in a node's pool is not sent to it in every round. */
final class SubmissionPoolTest extends SubmissionOnASimulatedNode {
  private static final int ROUNDS = 12;

  private Optional<String> counted = Optional.empty();
  private int sent;

  @BeforeEach
  void threeWait() {
    List.of("a", "b", "c").forEach(this::submit);
    instead = this::answer;
  }

  private RpcReply answer(String method, Object... params) {
    if (method.equals("eth_sendRawTransaction")) {
      sent++;
    }
    return counted.isPresent() && List.of(params).contains("pending")
        ? new RpcReply.Result(StringNode.valueOf(counted.get()))
        : node.call(method, List.of(params), lag);
  }

  @Test
  void theLowestAloneIsSentAgain() {
    assertThat(submitter.reconcile()).isEqualTo(new Reconciliation(0, 0, 1, 0, 0));
    assertThat(sent).isEqualTo(1);
  }

  @Test
  void whatTheNodeDoesNotCountIsSentAgain() {
    counted = Optional.of("0x1");

    assertThat(submitter.reconcile()).isEqualTo(new Reconciliation(0, 0, 3, 0, 0));
    assertThat(sent).isEqualTo(3);
  }

  @Test
  void aNodeThatCountsTooManyIsNotBelievedForEver() {
    counted = Optional.of("0x9");
    for (int round = 0; round < ROUNDS; round++) {
      submitter.reconcile();
    }

    assertThat(sent).isGreaterThan(ROUNDS);
  }
}
