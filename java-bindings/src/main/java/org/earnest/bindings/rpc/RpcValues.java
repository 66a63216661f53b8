package org.earnest.bindings.rpc;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.LogRef;
import org.earnest.core.chain.SentTransaction;
import org.earnest.core.chain.TransactionReceipt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the JSON of Ethereum's execution API. Every method throws IllegalArgumentException for what
 * is not of that form.
 */
final class RpcValues {
  private static final int MAX_TOPICS = 4;
  private static final int MAX_QUANTITY_DIGITS = 64;

  private RpcValues() {}

  /** What nodes have to agree on, without the filter of logs, which not all of them tell. */
  static BlockHeader header(Caip2ChainId chain, JsonNode block) {
    return new BlockHeader(
        new BlockRef(chain, number(block.path("number")), hash(block.path("hash"))),
        hash(block.path("parentHash")),
        number(block.path("timestamp")),
        baseFee(block));
  }

  static BlockHeader headerWithBloom(Caip2ChainId chain, JsonNode block) {
    return header(chain, block).with(HeaderBloom.of(block.path("logsBloom")));
  }

  static BigInteger baseFee(JsonNode block) {
    JsonNode baseFee = block.path("baseFeePerGas");
    return baseFee.isString() ? quantity(baseFee) : BigInteger.ZERO;
  }

  static TransactionReceipt receipt(Caip2ChainId chain, JsonNode receipt) {
    JsonNode price = receipt.path("effectiveGasPrice");
    JsonNode created = receipt.path("contractAddress");
    return new TransactionReceipt(
        hash(receipt.path("transactionHash")),
        block(chain, receipt),
        address(receipt.path("from")),
        quantity(receipt.path("status")).signum() > 0,
        quantity(receipt.path("gasUsed")),
        price.isString() ? quantity(price) : BigInteger.ZERO,
        created.isString() ? Optional.of(address(created)) : Optional.empty(),
        logs(chain, receipt.path("logs")));
  }

  static SentTransaction transaction(JsonNode transaction) {
    JsonNode to = transaction.path("to");
    return new SentTransaction(
        hash(transaction.path("hash")),
        address(transaction.path("from")),
        to.isString() ? Optional.of(address(to)) : Optional.empty(),
        quantity(transaction.path("value")));
  }

  /** What nodes have to agree on, without times, which not all of them tell. */
  private static List<ChainLog> logs(Caip2ChainId chain, JsonNode logs) {
    return logs(chain, logs, log -> OptionalLong.empty());
  }

  static List<ChainLog> logsWithTimes(Caip2ChainId chain, JsonNode logs) {
    return logs(chain, logs, LogTime::of);
  }

  private static List<ChainLog> logs(
      Caip2ChainId chain, JsonNode logs, Function<JsonNode, OptionalLong> times) {
    if (!logs.isArray()) {
      throw new IllegalArgumentException("logs are a list");
    }
    List<ChainLog> read = new ArrayList<>(logs.size());
    @Nullable BlockRef last = null;
    OptionalLong time = OptionalLong.empty();
    for (JsonNode log : logs) {
      // One for all logs of a block, as they are many and compared with each other.
      if (last == null || !isOf(last, log)) {
        last = block(chain, log);
        time = times.apply(log);
      }
      read.add(log(last, time, log));
    }
    return read;
  }

  private static boolean isOf(BlockRef block, JsonNode log) {
    return block.hash().hex().equals(log.path("blockHash").asString(""))
        && block.number() == number(log.path("blockNumber"));
  }

  private static ChainLog log(BlockRef block, OptionalLong time, JsonNode log) {
    JsonNode topics = log.path("topics");
    if (topics.size() > MAX_TOPICS) {
      throw new IllegalArgumentException("a log has at most four topics");
    }
    List<Hash32> read = new ArrayList<>(MAX_TOPICS);
    for (JsonNode topic : topics) {
      read.add(hash(topic));
    }
    LogRef ref =
        new LogRef(
            block,
            hash(log.path("transactionHash")),
            Math.toIntExact(number(log.path("logIndex"))));
    return new ChainLog(
        ref,
        address(log.path("address")),
        read,
        data(log.path("data")),
        log.path("removed").asBoolean(false),
        time);
  }

  private static BlockRef block(Caip2ChainId chain, JsonNode item) {
    return new BlockRef(chain, number(item.path("blockNumber")), hash(item.path("blockHash")));
  }

  static EvmAddress address(JsonNode node) {
    return new EvmAddress(text(node));
  }

  static Hash32 hash(JsonNode node) {
    return new Hash32(text(node));
  }

  /** Bytes of any length as prefixed hexadecimal. */
  static String data(JsonNode node) {
    return Hex.normalise(text(node));
  }

  static BigInteger quantity(JsonNode node) {
    String text = text(node);
    int digits = text.length() - 2;
    if (!text.startsWith("0x") || digits < 1 || digits > MAX_QUANTITY_DIGITS) {
      throw new IllegalArgumentException("a quantity is 0x and 1 to 64 digits");
    }
    BigInteger value = new BigInteger(text.substring(2), 16);
    if (value.signum() < 0) {
      throw new IllegalArgumentException("a quantity is not negative");
    }
    return value;
  }

  static long number(JsonNode node) {
    String text = text(node);
    if (text.startsWith("0x") && text.length() > 2 && text.length() - 2 < Long.BYTES * 2) {
      long number = Long.parseLong(text, 2, text.length(), 16);
      if (number >= 0) {
        return number;
      }
    }
    try {
      return quantity(node).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a number is too large", e);
    }
  }

  private static String text(JsonNode node) {
    if (!node.isString()) {
      throw new IllegalArgumentException("hexadecimal text expected");
    }
    return node.stringValue();
  }
}
