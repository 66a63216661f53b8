package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SignedTransaction;
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

  private static boolean sent(RpcReply reply) {
    return new Node((method, params) -> reply).send(TRANSACTION);
  }
}
