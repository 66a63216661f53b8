package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.submission.SubmissionState.Final;
import org.earnest.core.submission.SubmissionState.Mined;
import org.junit.jupiter.api.Test;

/** What the chain does not tell of one submission must not keep the others waiting. */
final class SubmissionDoubtTest extends SubmissionOnASimulatedNode {
  @Test
  void whatIsLostIsSentThoughABlockIsContradicted() {
    mineOne("mined");
    submit("lost");
    chain.forgetAll();
    contradict("0x1");

    assertThatThrownBy(submitter::reconcile).isInstanceOf(ChainUnavailableException.class);

    chain.mine();
    assertThat(chain.nonce(chain.head().number())).isEqualTo(2);
    assertThat(state("mined")).isInstanceOf(Mined.class);
  }

  @Test
  void nothingBecomesFinalAboveWhatIsInDoubt() {
    mineOne("first");
    mine(SubmissionSettings.DEFAULT.stuckAfterBlocks() * 3);
    submitter.reconcile();
    assertThat(state("first")).isInstanceOf(Final.class);
    mineOne("second");
    mine(SubmissionSettings.DEFAULT.stuckAfterBlocks() * 3);
    contradict("0x1");

    assertThatThrownBy(submitter::reconcile).isInstanceOf(ChainUnavailableException.class);
    assertThat(state("second")).isInstanceOf(Mined.class);

    agree();
    submitter.reconcile();
    assertThat(state("second")).isInstanceOf(Final.class);
  }

  @Test
  void aRoundWithoutAnswersSoonEnds() {
    for (int i = 0; i < 3 * Doubts.MAX_UNTOLD; i++) {
      mineOne("k" + i);
    }
    int[] asked = new int[1];
    instead =
        (method, params) -> {
          if (method.equals("eth_getBlockByNumber") && !params[0].equals("latest")) {
            asked[0]++;
            throw new ChainUnavailableException("the nodes contradict each other");
          }
          return node.call(method, List.of(params), lag);
        };

    assertThatThrownBy(submitter::reconcile).isInstanceOf(ChainUnavailableException.class);
    assertThat(asked[0]).isEqualTo(Doubts.MAX_UNTOLD);
  }

  private void mineOne(String key) {
    submit(key);
    chain.mine();
    submitter.reconcile();
    assertThat(state(key)).isInstanceOf(Mined.class);
  }

  private void contradict(String height) {
    instead =
        (method, params) -> {
          if (method.equals("eth_getBlockByNumber") && params[0].equals(height)) {
            throw new ChainUnavailableException("the nodes contradict each other");
          }
          return node.call(method, List.of(params), lag);
        };
  }

  private void agree() {
    instead = (method, params) -> node.call(method, List.of(params), lag);
  }
}
