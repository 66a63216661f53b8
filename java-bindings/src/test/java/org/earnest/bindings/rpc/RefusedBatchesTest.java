package org.earnest.bindings.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.StringNode;

/** What a node that answers several calls with errors alone refuses. */
final class RefusedBatchesTest {
  private static final int OK = 200;

  @Test
  void errorsThatNameTheBatchRefuseIt() {
    RpcReply.Failure error = failure(-32005, "max batch size is 3");

    assertThat(RefusedBatches.byErrors(List.of(error, error), OK))
        .contains(BatchReply.Refusal.OF_BATCH);
  }

  /** Whatever a contract has to do with batches of its own. */
  @ParameterizedTest
  @CsvSource({
    "3, execution reverted: batch closed",
    "-32000, execution reverted: batch closed",
    "-32603, VM Exception: reverted with reason string 'no such batch'"
  })
  void contractsThatSpeakOfBatchesDoNot(int code, String words) {
    RpcReply.Failure error = failure(code, words);

    assertThat(RefusedBatches.byErrors(List.of(error, error), OK)).isEmpty();
    assertThat(RefusedBatches.byErrors(List.of(failure(-32005, "batch limit"), error), OK))
        .isEmpty();
  }

  @Test
  void norDoesWhatHasRevertData() {
    RpcReply.Failure error =
        new RpcReply.Failure(-32000, "batch closed", Optional.of(StringNode.valueOf("0x08c379a0")));

    assertThat(RefusedBatches.byErrors(List.of(error, error), OK)).isEmpty();
  }

  private static RpcReply.Failure failure(int code, String message) {
    return new RpcReply.Failure(code, message, Optional.empty());
  }
}
