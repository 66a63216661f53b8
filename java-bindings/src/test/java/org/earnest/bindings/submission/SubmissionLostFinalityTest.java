package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.SubmissionState.Final;
import org.earnest.core.submission.SubmissionState.Mined;
import org.junit.jupiter.api.Test;

/** What is final although the chain has taken its block back, with nobody asking for it. */
final class SubmissionLostFinalityTest extends SubmissionOnASimulatedNode {
  private static final int DEPTH = 12;

  @Test
  void aShorterChainIsFollowed() {
    mine(DEPTH);
    BlockRef before = becomeFinal("a").block();
    becomeFinal("b");

    reorganise(1);
    submitter.reconcile();
    assertThat(state("a")).isInstanceOf(Final.class);
    chain.mine();
    submitter.reconcile();
    assertThat(state("a")).isInstanceOf(Mined.class);
    assertThat(state("b")).isInstanceOf(Mined.class);
    mine(DEPTH);
    submitter.reconcile();
    assertThat(chain.holds(((Final) state("a")).block())).isTrue();
    assertThat(chain.holds(((Final) state("b")).block())).isTrue();
    assertThat(((Final) state("a")).block()).isNotEqualTo(before);
    assertThat(chain.effects("0xaa")).isEqualTo(2);
  }

  @Test
  void aLongerChainIsFollowedAtOnce() {
    becomeFinal("a");

    reorganise(3 * DEPTH);
    submitter.reconcile();
    assertThat(state("a")).isInstanceOf(SubmissionState.Broadcast.class);
    chain.mine();
    mine(DEPTH);
    submitter.reconcile();
    submitter.reconcile();
    assertThat(chain.holds(((Final) state("a")).block())).isTrue();
    assertThat(chain.effects("0xaa")).isOne();
  }

  @Test
  void aNodeThatLagsProvesNothing() {
    becomeFinal("a");
    Final end = becomeFinal("b");
    int known = steps.size();

    for (lag = 1; lag < 2 * DEPTH + 2; lag++) {
      submitter.reconcile();
    }
    assertThat(steps).hasSize(known);
    assertThat(state("b")).isEqualTo(end);
  }

  /** While a lost one waits, a younger one must not become final above it and hide it. */
  @Test
  void nothingYoungerHidesIt() {
    becomeFinal("a");
    submit("b");
    chain.mine();
    submitter.reconcile();

    reorganise(1);
    submitter.reconcile();
    mine(3 * DEPTH);
    submitter.reconcile();
    submitter.reconcile();
    assertThat(chain.holds(((Final) state("a")).block())).isTrue();
    assertThat(chain.holds(((Final) state("b")).block())).isTrue();
  }

  private Final becomeFinal(String key) {
    submit(key);
    chain.mine();
    mine(DEPTH);
    submitter.reconcile();
    submitter.reconcile();
    return (Final) state(key);
  }

  /** To the first block, and so many empty ones in their place; the node has forgotten all. */
  private void reorganise(int fresh) {
    chain.reorganise((int) chain.head().number(), 0, new Random(0));
    chain.forgetAll();
    mine(fresh);
  }
}
