package org.earnest.escrow.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.earnest.bindings.revert.RevertReason;
import org.earnest.escrow.decide.Refusal;
import org.junit.jupiter.api.Test;

class RevertsTest {
  @Test
  void namesAContractsErrorInSnakeCaseAndKeepsItsArguments() {
    Refusal refusal = Reverts.refusal("WrongState(5, 2)");
    assertThat(refusal.code()).isEqualTo("wrong_state");
    assertThat(refusal.detail()).contains("WrongState(5, 2)");
    assertThat(Reverts.refusal("AgentEpochMismatch(1, 7, 0)").detail())
        .as("says what to do next")
        .contains("AgentEpochMismatch(1, 7, 0)", "agree on terms");
    assertThat(Refusal.code("ERC20InsufficientBalance")).isEqualTo("erc20_insufficient_balance");
    assertThat(Refusal.code("NotLapsed")).isEqualTo("not_lapsed");
  }

  @Test
  void hasOneCodeForReasonsWithoutAName() {
    assertThat(Reverts.refusal(new RevertReason.Message("EIP3009: used")).code())
        .isEqualTo("reverted");
    assertThat(Reverts.refusal(new RevertReason.Empty()).code()).isEqualTo("reverted");
  }
}
