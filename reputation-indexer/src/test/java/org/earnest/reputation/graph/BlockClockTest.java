package org.earnest.reputation.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.rpc.RpcCall;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BlockClockTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long FIRST = 1_760_000_000;

  private final List<List<String>> questions = new ArrayList<>();
  private final BlockClock clock = new BlockClock(JsonRpcChainReader.connect(new Node()), PATIENCE);
  private final Budget budget = new Budget(PATIENCE);
  private long lost = -1;

  @Test
  void asksForNothingThatIsRecorded() {
    assertThat(clock.times(blocks(0, 50), BlockClockTest::recorded, budget))
        .isEqualTo(times(0, 50));
    assertThat(questions).isEmpty();
    assertThat(clock.times(blocks(0, 50), unknown -> Map.of(), budget)).isEqualTo(times(0, 50));
    assertThat(questions).as("it remembers what was recorded").isEmpty();
  }

  @Test
  void asksForManyBlocksByFewQuestionsAndOnce() {
    List<Long> told =
        clock.times(blocks(0, 100), unknown -> recorded(unknown.subList(0, 40)), budget);
    assertThat(told).isEqualTo(times(0, 100));
    assertThat(questions).hasSize((60 + BlockClock.TOGETHER - 1) / BlockClock.TOGETHER);
    assertThat(clock.times(blocks(0, 100), unknown -> Map.of(), budget)).isEqualTo(told);
    assertThat(questions.stream().mapToInt(List::size).sum()).isEqualTo(60);
  }

  @Test
  void asksForNoMoreThanAQueryMayAndGoesOnWithTheNext() {
    List<BlockRef> many = blocks(0, Bounds.MAX_TIMES + 10);
    refused("too_many_times", many, budget);
    assertThat(questions.stream().mapToInt(List::size).sum()).isEqualTo(Bounds.MAX_TIMES);
    assertThat(clock.times(many, unknown -> Map.of(), new Budget(PATIENCE)))
        .isEqualTo(times(0, Bounds.MAX_TIMES + 10));
  }

  @Test
  void saysSoWhereTheNodeDoesNotKnowABlock() {
    lost = 7;
    refused("chain_unavailable", blocks(0, 10), budget);
    lost = -1;
    assertThat(clock.times(blocks(0, 10), unknown -> Map.of(), budget)).isEqualTo(times(0, 10));
  }

  private void refused(String code, List<BlockRef> blocks, Budget left) {
    assertThatThrownBy(() -> clock.times(blocks, unknown -> Map.of(), left))
        .isInstanceOfSatisfying(Refusal.class, why -> assertThat(why.code()).isEqualTo(code));
  }

  private static Map<Hash32, Long> recorded(List<BlockRef> blocks) {
    return blocks.stream()
        .collect(Collectors.toMap(BlockRef::hash, block -> FIRST + block.number()));
  }

  private static List<BlockRef> blocks(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(number -> new BlockRef(Caip2ChainId.eip155(1), number, hash(number)))
        .toList();
  }

  private static List<Long> times(long from, long to) {
    return LongStream.range(from, to).mapToObj(number -> FIRST + number).toList();
  }

  private static Hash32 hash(long number) {
    return new Hash32("0x%064x".formatted(number));
  }

  /** Knows all blocks but one by their hashes, and nothing else. */
  private final class Node implements JsonRpc {
    @Override
    public RpcReply call(String method, Object... params) {
      return switch (method) {
        case "eth_chainId" -> result("\"0x1\"");
        case "eth_getBlockByHash" -> header(String.valueOf(params[0]));
        default -> throw new AssertionError(method);
      };
    }

    @Override
    public List<RpcReply> callAll(List<RpcCall> calls) {
      synchronized (questions) {
        questions.add(
            calls.stream().map(call -> String.valueOf(call.params().getFirst())).toList());
      }
      return JsonRpc.super.callAll(calls);
    }

    private RpcReply header(String hash) {
      long number = Long.parseLong(hash.substring(2), 16);
      return result(
          number == lost
              ? "null"
              : """
                {"number":"0x%1$x","hash":"%2$s","parentHash":"%2$s","timestamp":"0x%3$x"}"""
                  .formatted(number, hash, FIRST + number));
    }

    private static RpcReply result(String json) {
      return new RpcReply.Result(JsonMapper.shared().readTree(json));
    }
  }
}
