package org.earnest.reputation.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GraphqlTurnsTest {
  @Test
  void aTurnIsFreeOnceAnotherEnds() throws Exception {
    GraphqlTurns turns = new GraphqlTurns();
    for (int turn = 0; turn < GraphqlTurns.MAX_AT_ONCE; turn++) {
      assertThat(turns.begin(Duration.ZERO)).isTrue();
    }
    assertThat(turns.begin(Duration.ZERO)).isFalse();
    turns.end();
    assertThat(turns.begin(Duration.ZERO)).isTrue();
  }
}
