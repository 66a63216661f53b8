package org.earnest.bindings.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks 0x64 to 0x2775 are asked for: 10,002 of them from block 100 on. */
class RefusedRangesTest {
  private static final long FROM = 100;
  private static final long TO = 10_101;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range"
            + " and no limit on the response size, or you can request any block range with a cap"
            + " of 10K logs in the response. Based on your parameters and the response size limit,"
            + " this block range should work: [0x64, 0xc7] | 100",
        "query returned more than 10000 results. Try with this block range [0x64, 0x833]. | 2000",
        "eth_getLogs is limited to a 10,000 range | 10000",
        "requested too many blocks from 100 to 10101, maximum is set to 2048 | 2048",
        "ranges over 10000 blocks are not supported on freetier | 10000",
        "block range greater than 10000 max | 10000",
        "exceed maximum block range: 5000 | 5000",
        "Max range: 800 | 800",
        "eth_getLogs and eth_newFilter are limited to a 1024 blocks range | 1024",
        "You can make eth_getLogs requests with up to a 500 block range. | 500",
      })
  void aNodeSaysHowManyItTakes(String words, long blocks) {
    assertThat(RefusedRanges.blocks(failure(words), FROM, TO)).contains(OptionalLong.of(blocks));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "block range is too wide",
        "Block range limit exceeded. See more details at https://docs.example/limits#range",
        "Requested range exceeds maximum RPC range limit",
        "query timeout exceeded",
        "request timed out",
        "execution aborted (timeout = 5s)",
        "response is too big",
        "backend response too large",
        "range is too large, max is 1M blocks",
        "query returned more than 10000 results",
        "query returned more than 10000 results. Try with this block range [0x0, 0x10].",
        "this block range should work: [0x64, 0x63]",
        "eth_getLogs is limited to a 99999999999999999999 range",
      })
  void aNodeSaysOnlyThatItIsTooMuch(String words) {
    assertThat(RefusedRanges.blocks(failure(words), FROM, TO)).contains(OptionalLong.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalid block number",
        "header not found",
        "execution reverted",
        "internal error",
        "daily request count exceeded, request rate limited",
        "your plan is limited to 25 RPS for eth_getLogs queries",
        "exceeds the maximum number of concurrent requests for logs",
        "",
      })
  void otherErrorsAreNotAboutTheRange(String words) {
    assertThat(RefusedRanges.blocks(failure(words), FROM, TO)).isEmpty();
  }

  @Test
  void noLessThanWasRefusedIsNoHelp() {
    assertThat(RefusedRanges.blocks(failure("eth_getLogs is limited to a 10,002 range"), FROM, TO))
        .contains(OptionalLong.empty());
  }

  private static RpcReply.Failure failure(String words) {
    return new RpcReply.Failure(-32_000, words, Optional.empty());
  }
}
