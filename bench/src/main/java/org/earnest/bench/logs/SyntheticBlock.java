package org.earnest.bench.logs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * A block and its logs as a node writes them. They are written once: what serves them costs little
 * beside what reads them.
 */
final class SyntheticBlock {
  private static final EvmAddress SENDER = new EvmAddress("0x" + "5e".repeat(20));
  private static final String EMPTY_UNCLES =
      "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347";
  private static final Pieces END = new Pieces().add("}");
  private static final String FULL_BLOOM = "0x" + "ff".repeat(256);

  /** A log in JSON up to its last brace, and its block's time, which nodes tell or do not. */
  record WrittenLog(EvmAddress address, Hash32 topic, Pieces start, Pieces time) {
    void addTo(Pieces answer, boolean timed) {
      answer.add(start);
      if (timed) {
        answer.add(time);
      }
      answer.add(END);
    }
  }

  private final long number;
  private final Hash32 hash;
  private final Hash32 parent;
  private final long timestamp;
  private final List<Hash32> transactions;
  private final List<WrittenLog> logs;

  private SyntheticBlock(
      long number,
      Hash32 hash,
      Hash32 parent,
      long timestamp,
      List<Hash32> transactions,
      List<WrittenLog> logs) {
    this.number = number;
    this.hash = hash;
    this.parent = parent;
    this.timestamp = timestamp;
    this.transactions = transactions;
    this.logs = logs;
  }

  static SyntheticBlock of(
      long number,
      Hash32 hash,
      Hash32 parent,
      long timestamp,
      List<SyntheticLog> contents,
      IntFunction<Hash32> transaction) {
    List<Hash32> transactions = IntStream.range(0, contents.size()).mapToObj(transaction).toList();
    Pieces time = new Pieces().add(",\"blockTimestamp\":\"" + quantity(timestamp) + "\"");
    List<WrittenLog> logs = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      SyntheticLog log = contents.get(i);
      logs.add(
          new WrittenLog(
              log.address(),
              log.topics().isEmpty() ? Hash32.ZERO : log.topics().getFirst(),
              new Pieces().add(start(log, number, hash, transactions.get(i), i)),
              time));
    }
    return new SyntheticBlock(number, hash, parent, timestamp, transactions, List.copyOf(logs));
  }

  long number() {
    return number;
  }

  Hash32 hash() {
    return hash;
  }

  List<WrittenLog> logs() {
    return logs;
  }

  /** The block as {@code eth_getBlockByNumber} answers it. */
  byte[] written(boolean whole) {
    String all =
        IntStream.range(0, transactions.size())
            .mapToObj(i -> whole ? transaction(i) : '"' + transactions.get(i).hex() + '"')
            .collect(Collectors.joining(",", "[", "]"));
    return bytes(
        """
        {"number":"%s","hash":"%s","parentHash":"%s","timestamp":"%s","logsBloom":"%s",\
        "transactions":%s,"transactionsRoot":"%s","stateRoot":"%s","receiptsRoot":"%s",\
        "sha3Uncles":"%s","uncles":[],"miner":"%s","difficulty":"0x0","totalDifficulty":"0x0",\
        "extraData":"0x","size":"0x400","gasLimit":"0x1c9c380","gasUsed":"0x5208",\
        "baseFeePerGas":"0x7","nonce":"0x0000000000000000","mixHash":"%s"}"""
            .formatted(
                quantity(number),
                hash,
                parent,
                quantity(timestamp),
                FULL_BLOOM,
                all,
                hash,
                hash,
                hash,
                EMPTY_UNCLES,
                SENDER,
                hash));
  }

  private String transaction(int index) {
    return """
        {"hash":"%s","blockHash":"%s","blockNumber":"%s","transactionIndex":"%s","from":"%s",\
        "to":"%s","value":"0x0","input":"0x","nonce":"%s","gas":"0x30d40","gasPrice":"0x9",\
        "maxFeePerGas":"0x9","maxPriorityFeePerGas":"0x1","type":"0x2","chainId":"0x7a69",\
        "accessList":[],"v":"0x0","yParity":"0x0","r":"0x1","s":"0x1"}"""
        .formatted(
            transactions.get(index),
            hash,
            quantity(number),
            quantity(index),
            SENDER,
            logs.get(index).address(),
            quantity(index));
  }

  private static String start(
      SyntheticLog log, long number, Hash32 block, Hash32 transaction, int index) {
    return """
        {"address":"%s","topics":%s,"data":"%s","blockNumber":"%s","blockHash":"%s",\
        "transactionHash":"%s","transactionIndex":"%s","logIndex":"%s","removed":false"""
        .formatted(
            log.address(),
            log.topics().stream()
                .map(topic -> '"' + topic.hex() + '"')
                .collect(Collectors.joining(",", "[", "]")),
            log.data(),
            quantity(number),
            block,
            transaction,
            quantity(index),
            quantity(index));
  }

  static String quantity(long number) {
    return "0x" + Long.toHexString(number);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
