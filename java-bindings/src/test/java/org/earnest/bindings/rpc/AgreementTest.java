package org.earnest.bindings.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is believed of nodes that differ. */
final class AgreementTest {
  private static final RpcSettings SETTINGS =
      new RpcSettings(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMillis(1),
          Duration.ofMillis(5),
          Duration.ofMillis(1),
          Duration.ofHours(1));
  private static final String WHO = "0x" + "11".repeat(20);

  private final TestNode a = new TestNode(10);
  private final TestNode b = new TestNode(10);
  private final TestNode c = new TestNode(10);
  private final JsonRpc two = connect(a, b);
  private final JsonRpc three = connect(a, b, c);

  @AfterEach
  void end() {
    Stream.of(a, b, c).forEach(TestNode::close);
  }

  @Test
  void aReceiptThatTwoShowIsBelieved() {
    mined(a, b);

    assertThat(receipt(two).path("blockNumber").stringValue()).isEqualTo("0x7");
    assertThat(b.calls("eth_getTransactionReceipt")).isEqualTo(1);
  }

  @Test
  void nodesAgreeOnALogWhoseTimeOneOfThemTells() {
    mined(a, b);
    b.timesOfLogs = true;

    assertThat(receipt(two).at("/logs/0/logIndex").stringValue()).isEqualTo("0x0");
  }

  @Test
  void aReceiptThatOneShowsIsNotThereYet() {
    mined(a);
    assertThat(receipt(two).isNull()).isTrue();
    assertThat(receipt(three).isNull()).isTrue();
    mined(c);
    assertThat(receipt(three).isNull()).isFalse();
  }

  @Test
  void receiptsOfDifferentBlocksOrOutcomesAreNotBelieved() {
    mined(a, b);
    b.fork = 1;
    untold(() -> receipt(two));
    b.fork = 0;
    b.succeeded = false;
    untold(() -> receipt(two));
    mined(c);
    assertThat(receipt(three).path("status").stringValue()).isEqualTo("0x1");
  }

  @Test
  void whatOneAloneSaysATransactionBringsAlongIsNotBelieved() {
    mined(a);
    assertThat(transaction(two).isNull()).isTrue();
    mined(b, c);
    a.value = 1_000_000;
    untold(() -> transaction(two));
    assertThat(transaction(three).path("value").stringValue()).isEqualTo("0x1");
    a.value = 1;
    a.fork = 1;
    assertThat(transaction(two).path("value").stringValue()).isEqualTo("0x1");
  }

  @Test
  void oneOfTwoAloneIsNotBelievedAndTwoOfThreeAre() {
    mined(a, b, c);
    a.server.failAll(RpcFault.BAD_GATEWAY);

    untold(() -> receipt(two));
    assertThat(receipt(three).isNull()).isFalse();
  }

  @Test
  void aBlockOfAnotherForkIsNotBelieved() {
    assertThat(block(two, "0x5").path("number").stringValue()).isEqualTo("0x5");
    b.fork = 1;
    untold(() -> block(two, "0x5"));
    assertThat(block(three, "0x5").path("number").stringValue()).isEqualTo("0x5");
    b.head = 4;
    assertThat(block(two, "0x5").isNull()).isTrue();
  }

  @Test
  void theHeadIsTheNewestBlockThatTwoHave() {
    a.head = 1_000_000;
    assertThat(head(two)).isEqualTo("0xa");
    assertThat(two.require("eth_blockNumber").stringValue()).isEqualTo("0xa");
    c.head = 12;
    assertThat(head(three)).isEqualTo("0xa");
    b.head = 12;
    assertThat(head(three)).isEqualTo("0xc");
  }

  @Test
  void oneThatLagsDoesNotTakeTheHeadBackAndTwoDo() {
    assertThat(head(two)).isEqualTo("0xa");
    b.head = 3;
    assertThat(head(two)).isEqualTo("0xa");
    a.head = 4;
    assertThat(head(two)).isEqualTo("0x3");
  }

  @Test
  void oneThatLagsIsNotAskedWhatItCannotKnow() {
    assertThat(head(two)).isEqualTo("0xa");
    a.head = 3;
    assertThat(head(two)).isEqualTo("0xa");
    two.require("eth_getBalance", WHO, "latest");
    assertThat(a.calls("eth_getBalance")).isZero();

    b.server.failAll(RpcFault.BAD_GATEWAY);
    untold(() -> two.require("eth_getBalance", WHO, "latest"));
    assertThat(a.calls("eth_getBalance")).isZero();
    a.head = 11;
    two.require("eth_getBalance", WHO, "latest");
    assertThat(a.calls("eth_getBalance")).isEqualTo(1);
  }

  @Test
  void theOlderOfTwoFinalBlocksCounts() {
    a.head = 9;
    assertThat(block(two, "finalized").path("number").stringValue()).isEqualTo("0x9");
  }

  @Test
  void aCountThatOneAloneClaimsIsNotBelieved() {
    a.count = 50;
    untold(() -> count(two, "latest"));
    untold(() -> count(two, "0x5"));
    assertThat(count(three, "latest")).isEqualTo("0x0");
    a.pending = 70;
    assertThat(count(two, "pending")).isEqualTo("0x0");
    b.pending = 2;
    assertThat(count(two, "pending")).isEqualTo("0x2");
  }

  @Test
  void aHeadThatOneAloneTellsIsNotBelieved() {
    a.head = 1_000_000;
    b.refused = "eth_getBlockByNumber";
    untold(() -> head(two));
    assertThat(head(three)).isEqualTo("0xa");
  }

  @Test
  void twoThatRefuseDoNotOutvoteTwoThatKnow() {
    TestNode d = new TestNode(10);
    try {
      a.refused = "eth_getTransactionReceipt";
      b.refused = "eth_getTransactionReceipt";
      mined(c, d);
      assertThat(receipt(connect(a, b, c, d)).isNull()).isFalse();
      assertThat(two.call("eth_getTransactionReceipt", TestNode.TRANSACTION))
          .isInstanceOf(RpcReply.Failure.class);
    } finally {
      d.close();
    }
  }

  @Test
  void whatIsPendingIsCountedByThoseThatServeIt() {
    Stream.of(b, c).forEach(node -> node.pending = 4);
    a.refused = "eth_getTransactionCount";
    untold(() -> count(two, "pending"));
    assertThat(count(three, "pending")).isEqualTo("0x4");
  }

  @Test
  void oneUrlHasNobodyToAgreeWith() {
    mined(a);
    a.count = 7;
    JsonRpc one = connect(a);

    assertThat(receipt(one).isNull()).isFalse();
    assertThat(count(one, "latest")).isEqualTo("0x7");
    a.head = 3;
    assertThat(head(one)).isEqualTo("0x3");
  }

  private static void mined(TestNode... nodes) {
    Stream.of(nodes).forEach(node -> node.minedAt = 7L);
  }

  private static void untold(Runnable question) {
    assertThatThrownBy(question::run).isInstanceOf(ChainUnavailableException.class);
  }

  private static JsonNode receipt(JsonRpc rpc) {
    return rpc.require("eth_getTransactionReceipt", TestNode.TRANSACTION);
  }

  private static JsonNode transaction(JsonRpc rpc) {
    return rpc.require("eth_getTransactionByBlockHashAndIndex", TestNode.TRANSACTION, "0x0");
  }

  private static JsonNode block(JsonRpc rpc, String tag) {
    return rpc.require("eth_getBlockByNumber", tag, false);
  }

  private static String head(JsonRpc rpc) {
    return block(rpc, "latest").path("number").stringValue();
  }

  private static String count(JsonRpc rpc, String tag) {
    return rpc.require("eth_getTransactionCount", WHO, tag).stringValue();
  }

  private static JsonRpc connect(TestNode... nodes) {
    List<URI> urls = Stream.of(nodes).map(TestNode::url).toList();
    return FailoverJsonRpc.connect(urls, Optional.empty(), SETTINGS);
  }
}
