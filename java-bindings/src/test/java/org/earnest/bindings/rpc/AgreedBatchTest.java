package org.earnest.bindings.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Several blocks at once are believed as one is: each when two say the same. */
final class AgreedBatchTest {
  private static final int BLOCKS = 16;
  private static final RpcSettings SETTINGS =
      new RpcSettings(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMillis(1),
          Duration.ofMillis(5),
          Duration.ofMillis(1),
          Duration.ofHours(1));

  /** Beyond the time of a call for one that takes its time with each, and within that of others. */
  private static final int MANY = 80;

  private static final RpcSettings IN_TURNS =
      new RpcSettings(
          Duration.ofSeconds(3),
          Duration.ofSeconds(10),
          Duration.ofMillis(1),
          Duration.ofMillis(5),
          Duration.ofMillis(1),
          Duration.ofHours(1));

  private final TestNode a = new TestNode(BLOCKS);
  private final TestNode b = new TestNode(BLOCKS);
  private final TestNode c = new TestNode(BLOCKS);
  private final JsonRpc two = connect(a, b);
  private final JsonRpc three = connect(a, b, c);

  @AfterEach
  void end() {
    Stream.of(a, b, c).forEach(TestNode::close);
  }

  @Test
  void eachNodeIsAskedInOneRequest() {
    long before = a.requests();

    assertThat(numbers(two, blocks(BLOCKS))).containsExactlyElementsOf(upTo(BLOCKS));
    assertThat(a.requests()).isEqualTo(before + 1);
    assertThat(a.calls("eth_getBlockByNumber")).isEqualTo(1);
    assertThat(b.calls("eth_getBlockByNumber")).isEqualTo(1);
  }

  @Test
  void theThirdIsAskedOnlyWhatTwoDoNotSayAlike() {
    b.garbled.addAll(List.of(3L, 7L));
    long before = c.answers();

    assertThat(numbers(three, blocks(BLOCKS))).containsExactlyElementsOf(upTo(BLOCKS));
    assertThat(c.answers()).isEqualTo(before + 2);
    assertThat(c.calls("eth_getBlockByNumber")).isEqualTo(1);
  }

  @Test
  void whatTwoAgreedOnIsNotAskedAgain() {
    b.garbled.add(3L);
    long before = b.answers();

    assertThat(numbers(two, blocks(BLOCKS))).containsExactlyElementsOf(upTo(BLOCKS));
    assertThat(b.answers()).isEqualTo(before + BLOCKS + 1);
    assertThat(b.calls("eth_getBlockByNumber")).isEqualTo(2);
  }

  @Test
  void whatOneAloneKnewIsAskedAgainWithTheRest() {
    b.head = 4;
    b.garbled.add(3L);
    List<RpcCall> calls = blocks(5).reversed();
    long before = b.answers();

    assertThat(numbers(two, calls)).containsExactly("none", "0x4", "0x3", "0x2", "0x1");
    assertThat(b.answers()).isEqualTo(before + calls.size() + 2);
  }

  @Test
  void aBlockThatOneAloneHasIsNull() {
    b.head = 4;

    assertThat(two.callAll(blocks(BLOCKS)))
        .extracting(reply -> value(reply).isNull())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, BLOCKS).mapToObj(number -> number > 4).toList());
  }

  @Test
  void blocksOfAnotherForkAreNotBelieved() {
    b.fork = 1;

    untold(() -> two.callAll(blocks(BLOCKS)));
    assertThat(numbers(three, blocks(BLOCKS))).containsExactlyElementsOf(upTo(BLOCKS));
  }

  @Test
  void oneOfTwoAloneIsNotBelievedAndTwoOfThreeAre() {
    a.server.failAll(RpcFault.BAD_GATEWAY);

    untold(() -> two.callAll(blocks(BLOCKS)));
    assertThat(numbers(three, blocks(BLOCKS))).containsExactlyElementsOf(upTo(BLOCKS));
  }

  @Test
  void aNodeThatAnswersFewOfThemIsAskedTheRest() {
    b.most = 6;

    assertThat(numbers(two, blocks(BLOCKS))).containsExactlyElementsOf(upTo(BLOCKS));
    assertThat(b.calls("eth_getBlockByNumber")).isEqualTo(3);
  }

  @Test
  void aSlowNodeThatAnswersOneByOneHasNoMoreThanItsTurn() {
    Stream.of(a, b, c).forEach(node -> node.head = MANY);
    a.most = 1;
    JsonRpc rpc = connect(IN_TURNS, a, b, c);
    RpcFault[] slow = new RpcFault[MANY];
    Arrays.fill(slow, RpcFault.DELAYED);
    a.server.failNext("eth_getBlockByNumber", slow);

    assertThat(numbers(rpc, blocks(MANY))).containsExactlyElementsOf(upTo(MANY));
    assertThat(c.calls("eth_getBlockByNumber")).isPositive();
  }

  @Test
  void whatAllRefuseIsRefused() {
    Stream.of(a, b).forEach(node -> node.refused = "eth_getBlockByNumber");

    assertThat(two.callAll(blocks(2)))
        .allSatisfy(reply -> assertThat(reply).isInstanceOf(RpcReply.Failure.class));
    untold(() -> three.callAll(blocks(2)));
  }

  @Test
  void eachFindsItsPlaceAmongOthers() {
    a.minedAt = 7L;
    b.minedAt = 7L;
    List<RpcCall> calls = new ArrayList<>(blocks(2));
    calls.add(0, RpcCall.of("eth_gasPrice"));
    calls.add(2, RpcCall.of("eth_getBlockByNumber", "latest", false));
    calls.add(RpcCall.of("eth_getTransactionReceipt", TestNode.TRANSACTION));

    List<RpcReply> replies = two.callAll(calls);

    assertThat(replies).hasSize(5);
    assertThat(value(replies.get(0)).stringValue()).isEqualTo("0x1");
    assertThat(replies.subList(1, 4))
        .extracting(reply -> value(reply).path("number").stringValue())
        .containsExactly("0x1", TestNode.hex(BLOCKS), "0x2");
    assertThat(value(replies.get(4)).path("blockNumber").stringValue()).isEqualTo("0x7");
  }

  private static void untold(Runnable question) {
    assertThatThrownBy(question::run).isInstanceOf(ChainUnavailableException.class);
  }

  private static List<RpcCall> blocks(int count) {
    return upTo(count).stream()
        .map(number -> RpcCall.of("eth_getBlockByNumber", number, false))
        .toList();
  }

  private static List<String> upTo(int count) {
    return LongStream.rangeClosed(1, count).mapToObj(TestNode::hex).toList();
  }

  private static List<String> numbers(JsonRpc rpc, List<RpcCall> calls) {
    return rpc.callAll(calls).stream()
        .map(reply -> value(reply).path("number").asString("none"))
        .toList();
  }

  private static JsonNode value(RpcReply reply) {
    return ((RpcReply.Result) reply).value();
  }

  private static JsonRpc connect(TestNode... nodes) {
    return connect(SETTINGS, nodes);
  }

  private static JsonRpc connect(RpcSettings settings, TestNode... nodes) {
    List<URI> urls = Stream.of(nodes).map(TestNode::url).toList();
    return FailoverJsonRpc.connect(urls, Optional.empty(), settings);
  }
}
