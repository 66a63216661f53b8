package org.earnest.reputation.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.junit.jupiter.api.Test;

class AgentStateTest {
  private static final EvmAddress ALICE = new EvmAddress("0x" + "a1".repeat(20));
  private static final EvmAddress BOB = new EvmAddress("0x" + "b0".repeat(20));

  @Test
  void registersInTheFirstEpoch() {
    assertThat(registered()).isEqualTo(new AgentState(ALICE, Optional.of(ALICE), "https://a", 0));
  }

  @Test
  void beginsAnEpochWithANewOwnerAndTakesTheWallet() {
    AgentState sold =
        registered()
            .after(new AgentChange.Transferred(ALICE, BOB))
            .after(new AgentChange.WalletSet(Optional.empty()));
    assertThat(sold).isEqualTo(new AgentState(BOB, Optional.empty(), "https://a", 1));
  }

  @Test
  void countsNoTransferToOneself() {
    assertThat(registered().after(new AgentChange.Transferred(ALICE, ALICE)).epoch()).isZero();
  }

  @Test
  void followsTheUri() {
    assertThat(registered().after(new AgentChange.UriUpdated("https://b")).uri())
        .isEqualTo("https://b");
  }

  private static AgentState registered() {
    AgentState state = AgentState.NONE;
    for (AgentChange change :
        List.of(
            new AgentChange.Transferred(EvmAddress.ZERO, ALICE),
            new AgentChange.Registered(ALICE, "https://a"),
            new AgentChange.WalletSet(Optional.of(ALICE)))) {
      state = state.after(change);
    }
    return state;
  }
}
