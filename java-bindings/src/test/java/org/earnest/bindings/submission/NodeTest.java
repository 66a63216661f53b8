package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SubmissionRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.StringNode;

final class NodeTest {
  private static final SignedTransaction TRANSACTION =
      new SignedTransaction(
          EvmAddress.ZERO,
          0,
          new Hash32("0x" + "ab".repeat(32)),
          "0x02",
          BigInteger.ONE,
          BigInteger.ONE,
          BigInteger.ONE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "already known",
        "AlreadyKnown",
        "transaction already imported",
        "Known transaction",
        "known transaction: ab..cd"
      })
  void whatTheNodeHasAlreadyIsTaken(String message) {
    assertThat(sent(new RpcReply.Failure(-32000, message, Optional.empty()))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown transaction type",
        "nonce too low",
        "replacement transaction underpriced",
        "transaction type not supported",
        ""
      })
  void whatTheNodeRefusesIsNotTaken(String message) {
    assertThat(sent(new RpcReply.Failure(-32000, message, Optional.empty()))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x", "", "0xabab"})
  void anAnswerThatIsNotTheHashIsNoYes(String answer) {
    assertThat(sent(new RpcReply.Result(StringNode.valueOf(answer)))).isFalse();
  }

  /** Negative, less than any transaction costs, and no quantity. */
  @ParameterizedTest
  @ValueSource(strings = {"0x-fff", "0x0", "0x5207", "0x", "fff", "0xzz"})
  void anEstimateThatCannotBeIsNoAnswer(String estimate) {
    assertThatThrownBy(() -> estimated(estimate)).isInstanceOf(ChainUnavailableException.class);
  }

  @Test
  void theLeastEstimateIsWhatACallCostsByItself() {
    assertThat(estimated("0x521c")).isEqualTo(new Node.Estimate.Gas(BigInteger.valueOf(21_020)));
    assertThatThrownBy(() -> estimated("0x521b")).isInstanceOf(ChainUnavailableException.class);
  }

  /** Of a call with a byte that is zero and one that is not. */
  private static Node.Estimate estimated(String answer) {
    return new Node((method, params) -> new RpcReply.Result(StringNode.valueOf(answer)))
        .estimateGas(EvmAddress.ZERO, new SubmissionRequest("k", EvmAddress.ZERO, "0x00ff"));
  }

  private static boolean sent(RpcReply reply) {
    return new Node((method, params) -> reply).send(TRANSACTION);
  }
}
