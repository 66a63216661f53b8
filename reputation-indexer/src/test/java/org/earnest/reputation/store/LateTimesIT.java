package org.earnest.reputation.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.rpc.RpcCall;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.kit.follow.FollowProgress;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class LateTimesIT {
  private static final String CHAIN = "eip155:1";
  private static final int BLOCKS = 100;

  private static final Lifecycle LIFECYCLE = new Lifecycle();
  private static Database database;

  private final List<List<Long>> questions = new ArrayList<>();
  private final Set<Long> lost = new HashSet<>();
  private int most = Integer.MAX_VALUE;
  private LateTimes times;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    StateDirectory state = LIFECYCLE.start(() -> StateDirectory.open(folder.resolve("state")));
    Path binaries = Files.createDirectories(Path.of("target/postgres-binaries").toAbsolutePath());
    EmbeddedPostgres postgres = LIFECYCLE.start(() -> EmbeddedPostgres.start(state, binaries));
    database = LIFECYCLE.start(() -> Database.open(postgres.settings(), new SimpleMeterRegistry()));
    database.migrate(ReputationStore.SCHEMA);
  }

  @AfterAll
  static void stop() {
    LIFECYCLE.close();
  }

  @BeforeEach
  void record() {
    times = new LateTimes(database, JsonRpcChainReader.connect(new Node()), LateTimesIT::unknown);
    sql("truncate reputation.followed_block");
    sql(
        "insert into reputation.followed_block (chain, number, hash) select '"
            + CHAIN
            + "', n,"
            + " '0x' || lpad(to_hex(n), 64, '0') from generate_series(1, %d) n".formatted(BLOCKS));
  }

  @Test
  void fillsInTheNewestFirstByFewQuestionsAndNoneThatIsKnown() {
    sql("update reputation.followed_block set time = 5 where number = 90");
    assertThat(times.step()).isTrue();
    assertThat(questions)
        .containsExactly(
            LongStream.rangeClosed(84, 100).filter(it -> it != 90).boxed().toList().reversed());
    fill();
    assertThat(questions).hasSize((BLOCKS - 1 + LateTimes.TOGETHER - 1) / LateTimes.TOGETHER);
    assertThat(told()).hasSize(BLOCKS).containsEntry(90L, 5L).containsEntry(1L, time(1));
  }

  @Test
  void whatTheNodeDoesNotKnowKeepsNothingElseWaiting() {
    LongStream.rangeClosed(70, 100).forEach(lost::add);
    fill();
    assertThat(told()).hasSize(69).doesNotContainKey(70L);
    lost.clear();
    fill();
    assertThat(told()).hasSize(BLOCKS);
  }

  /** As one that was undone since: what the node tells is of another block. */
  @Test
  void aTimeIsOfOneHashAlone() {
    sql("update reputation.followed_block set hash = '0x%064x' where number = 50".formatted(0xf00));
    fill();
    assertThat(told()).hasSize(BLOCKS - 1).doesNotContainKey(50L);
  }

  @Test
  void asksForFewerAtOnceWhereANodeTakesNoMore() {
    most = 3;
    for (int failures = 0; failures < 3; failures++) {
      assertThatThrownBy(times::step).isInstanceOf(ChainUnavailableException.class);
    }
    assertThat(times.step()).isTrue();
    assertThat(questions.stream().map(List::size)).containsExactly(16, 8, 4, 2);
    assertThat(told()).containsOnlyKeys(99L, 100L);
  }

  @Test
  void oneThatIsNeverAnsweredIsPassedOver() {
    most = 0;
    for (int failures = 0; failures < 5; failures++) {
      assertThatThrownBy(times::step).isInstanceOf(ChainUnavailableException.class);
    }
    most = 1;
    assertThat(times.step()).isTrue();
    assertThat(told()).containsOnlyKeys(99L);
  }

  private static FollowProgress unknown() {
    return new FollowProgress(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private void fill() {
    int steps = 0;
    while (times.step()) {
      assertThat(++steps).as("it comes to an end").isLessThan(LateTimes.DESCENT);
    }
  }

  private static long time(long number) {
    return 1_000 + 2 * number;
  }

  private static Map<Long, Long> told() {
    Map<Long, Long> told = new TreeMap<>();
    database.run(
        handle ->
            handle
                .createQuery(
                    "select number, time from reputation.followed_block where time is not null")
                .map((row, context) -> Map.entry(row.getLong(1), row.getLong(2)))
                .forEach(block -> told.put(block.getKey(), block.getValue())));
    return told;
  }

  private static void sql(String statement) {
    database.run(
        handle -> {
          handle.execute(statement);
        });
  }

  /** Knows blocks by their hashes, which are their numbers. */
  private final class Node implements JsonRpc {
    @Override
    public RpcReply call(String method, Object... params) {
      return switch (method) {
        case "eth_chainId" -> result("\"0x1\"");
        case "eth_getBlockByHash" -> header(number(params[0]));
        default -> throw new AssertionError(method);
      };
    }

    @Override
    public List<RpcReply> callAll(List<RpcCall> calls) {
      questions.add(calls.stream().map(call -> number(call.params().getFirst())).toList());
      if (calls.size() > most) {
        throw new ChainUnavailableException("that is too much");
      }
      return JsonRpc.super.callAll(calls);
    }

    private static long number(Object hash) {
      return Long.parseLong(hash.toString().substring(2), 16);
    }

    private RpcReply header(long number) {
      long there = number > BLOCKS ? 50 : number;
      return result(
          lost.contains(number)
              ? "null"
              : """
                {"number":"0x%1$x","hash":"0x%1$064x","parentHash":"0x%1$064x","timestamp":"0x%2$x"}"""
                  .formatted(there, time(there)));
    }

    private static RpcReply result(String json) {
      return new RpcReply.Result(JsonMapper.shared().readTree(json));
    }
  }
}
