package org.earnest.testkit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.chain.LogsBloom;
import org.earnest.core.chain.TransactionReceipt;
import org.junit.jupiter.api.Test;

/** What every {@link ChainReader} does, shown on a chain with one known transaction. */
public abstract class ChainReaderContract {
  private static final BlockTag LATEST = BlockTag.Named.LATEST;
  private static final EvmAddress NOBODY = new EvmAddress("0x" + "9a".repeat(20));
  private static final Hash32 NOTHING = new Hash32("0x" + "9a".repeat(32));

  protected abstract ChainReader reader();

  protected abstract Sample sample();

  /**
   * What is known of the chain.
   *
   * @param transaction mined and successful, with at least one log, all of them by the contract
   * @param sender of the transaction
   * @param returning a call of the contract that returns something
   * @param reverting a call of the contract that reverts with data
   */
  public record Sample(
      Hash32 transaction,
      EvmAddress sender,
      EvmAddress contract,
      ChainCall returning,
      ChainCall reverting) {}

  @Test
  void aBlockIsTheSameByNumberAndByHash() {
    BlockHeader head = reader().block(LATEST).orElseThrow();

    assertThat(reader().block(new BlockTag.Height(head.ref().number()))).contains(head);
    assertThat(reader().blockByHash(head.ref().hash())).contains(head);
    assertThat(head.ref().chain()).isEqualTo(reader().chainId());
  }

  @Test
  void blocksPointToTheirParents() {
    BlockHeader head = reader().block(LATEST).orElseThrow();
    BlockHeader parent = reader().block(new BlockTag.Height(head.ref().number() - 1)).orElseThrow();

    assertThat(head.parentHash()).isEqualTo(parent.ref().hash());
    assertThat(head.timestamp()).isGreaterThanOrEqualTo(parent.timestamp());
  }

  @Test
  void timeIsNotBeforeTheNewestBlock() {
    long before = reader().block(LATEST).orElseThrow().timestamp();

    assertThat(reader().time()).isGreaterThanOrEqualTo(before);
    assertThat(reader().block(BlockTag.Named.PENDING)).isEmpty();
  }

  @Test
  void whatIsNotThereIsEmpty() {
    long head = reader().block(LATEST).orElseThrow().ref().number();

    assertThat(reader().block(new BlockTag.Height(head + 1000))).isEmpty();
    assertThat(reader().blockByHash(NOTHING)).isEmpty();
    assertThat(reader().receipt(NOTHING)).isEmpty();
    assertThat(reader().code(NOBODY, LATEST)).isEqualTo("0x");
    assertThat(reader().balance(NOBODY, LATEST)).isZero();
    assertThat(reader().transactionCount(NOBODY, LATEST)).isZero();
  }

  @Test
  void theReceiptTellsWhatBecameOfTheTransaction() {
    TransactionReceipt receipt = receipt();

    assertThat(receipt.transaction()).isEqualTo(sample().transaction());
    assertThat(receipt.from()).isEqualTo(sample().sender());
    assertThat(receipt.succeeded()).isTrue();
    assertThat(receipt.gasUsed()).isPositive();
    assertThat(receipt.logs()).isNotEmpty();
    assertThat(reader().blockByHash(receipt.block().hash()))
        .hasValueSatisfying(block -> assertThat(block.ref()).isEqualTo(receipt.block()));
    assertThat(reader().transactionCount(sample().sender(), LATEST)).isPositive();
    assertThat(reader().code(sample().contract(), LATEST)).hasSizeGreaterThan(2);
  }

  @Test
  void logsAreFoundByBlockAddressAndTopic() {
    ChainLog log = receipt().logs().getFirst();
    long block = receipt().block().number();
    List<Hash32> topic = List.of(log.topics().getFirst());

    assertThat(untimed(new LogQuery(block, block, Set.of(log.address()), topic))).contains(log);
    assertThat(untimed(new LogQuery(block, block, Set.of(), List.of())))
        .containsAll(receipt().logs());
    assertThat(reader().logs(new LogQuery(block, block, Set.of(NOBODY), topic))).isEmpty();
    assertThat(reader().logs(new LogQuery(block, block, Set.of(), List.of(NOTHING)))).isEmpty();
    assertThat(untimed(new LogQuery(0, block - 1, Set.of(log.address()), topic)))
        .doesNotContain(log);
  }

  /** Not all nodes tell the times of logs. */
  private List<ChainLog> untimed(LogQuery query) {
    return reader().logs(query).stream()
        .map(log -> new ChainLog(log.ref(), log.address(), log.topics(), log.data(), log.removed()))
        .toList();
  }

  @Test
  void aHeaderSpeaksOfTheLogsInItsBlock() {
    TransactionReceipt receipt = receipt();
    LogsBloom bloom = reader().blockByHash(receipt.block().hash()).orElseThrow().bloom();

    for (ChainLog log : receipt.logs()) {
      assertThat(bloom.mayHold(log.address().bytes())).isTrue();
      assertThat(log.topics()).allMatch(topic -> bloom.mayHold(topic.bytes()));
    }
    assertThat(bloom.mayHold(NOBODY.bytes())).isFalse();
  }

  @Test
  void callsReturnOrRevertWithTheirData() {
    assertThat(reader().call(sample().returning(), LATEST))
        .isInstanceOfSatisfying(
            CallOutcome.Returned.class, answer -> assertThat(answer.data()).hasSizeGreaterThan(2));
    assertThat(reader().call(sample().reverting(), LATEST))
        .isInstanceOfSatisfying(
            CallOutcome.Reverted.class, answer -> assertThat(answer.data()).hasSizeGreaterThan(2));
  }

  private TransactionReceipt receipt() {
    return reader().receipt(sample().transaction()).orElseThrow();
  }
}
