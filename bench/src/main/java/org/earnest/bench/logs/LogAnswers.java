package org.earnest.bench.logs;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.earnest.bench.logs.SyntheticBlock.WrittenLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import tools.jackson.databind.JsonNode;

/** What a node answers about a synthetic chain: {@code "result":…} or {@code "error":…}. */
final class LogAnswers {
  private static final String CHAIN_ID = "0x7a69";
  private static final int UNKNOWN_METHOD = -32_601;

  private final SyntheticChain chain;
  private final AtomicLong questions = new AtomicLong();

  LogAnswers(SyntheticChain chain) {
    this.chain = chain;
  }

  Pieces answer(String method, JsonNode params, NodeManners manners) {
    return switch (method) {
      case "eth_chainId" -> result("\"" + CHAIN_ID + "\"");
      case "net_version" -> result("\"" + Long.decode(CHAIN_ID) + "\"");
      case "web3_clientVersion" -> result("\"synthetic\"");
      case "eth_blockNumber" -> result("\"" + SyntheticBlock.quantity(chain.head()) + "\"");
      case "eth_getBlockByNumber" ->
          block(numbered(params.path(0).asString("")), params.path(1).asBoolean(false));
      case "eth_getBlockByHash" ->
          block(
              chain.block(new Hash32(params.path(0).asString(""))),
              params.path(1).asBoolean(false));
      case "eth_getLogs" -> logs(params.path(0), manners);
      default -> error(UNKNOWN_METHOD, "the method " + method + " is not there");
    };
  }

  private Pieces block(Optional<SyntheticBlock> found, boolean whole) {
    return found
        .map(block -> new Pieces().add("\"result\":").add(block.written(whole)))
        .orElseGet(() -> result("null"));
  }

  private Optional<SyntheticBlock> numbered(String tag) {
    SyntheticChain.View view = chain.view();
    return chain.block(view, height(tag, view));
  }

  private static long height(String tag, SyntheticChain.View view) {
    return switch (tag) {
      case "latest", "pending", "" -> view.head();
      case "earliest" -> 0;
      case "safe", "finalized" -> Math.max(0, view.head() - 64);
      default -> Long.parseLong(tag.substring(2), 16);
    };
  }

  private Pieces logs(JsonNode filter, NodeManners manners) {
    if (filter.has("blockHash")) {
      return written(
          chain.block(new Hash32(filter.path("blockHash").asString(""))).stream(), filter, manners);
    }
    SyntheticChain.View view = chain.view();
    long from = height(filter.path("fromBlock").asString(""), view);
    long to = height(filter.path("toBlock").asString(""), view);
    if (manners.dialect().isPresent() && to - from + 1 > manners.mostBlocks()) {
      RangeDialect dialect = manners.dialect().get();
      return error(dialect.code(), dialect.words(from, to, manners.mostBlocks()));
    }
    long told = isLacking(view, manners) ? view.head() - 1 : view.head();
    return written(
        LongStream.rangeClosed(from, Math.min(to, told))
            .mapToObj(number -> chain.block(view, number).orElseThrow()),
        filter,
        manners);
  }

  private boolean isLacking(SyntheticChain.View view, NodeManners manners) {
    long asked = questions.incrementAndGet();
    return (manners.missingOf() > 0 && asked % manners.missingOf() == 0)
        || System.nanoTime() - view.since() < manners.late().toNanos();
  }

  private static Pieces written(
      Stream<SyntheticBlock> blocks, JsonNode filter, NodeManners manners) {
    Set<EvmAddress> addresses = new HashSet<>();
    strings(filter.path("address")).forEach(text -> addresses.add(new EvmAddress(text)));
    Set<Hash32> topics = new HashSet<>();
    strings(filter.path("topics").path(0)).forEach(text -> topics.add(new Hash32(text)));
    Pieces pieces = new Pieces().add("\"result\":[");
    List<WrittenLog> logs =
        blocks
            .flatMap(block -> block.logs().stream())
            .filter(log -> addresses.isEmpty() || addresses.contains(log.address()))
            .filter(log -> topics.isEmpty() || topics.contains(log.topic()))
            .toList();
    for (int i = 0; i < logs.size(); i++) {
      pieces.add(i == 0 ? "" : ",");
      logs.get(i).addTo(pieces, manners.blockTimestamps());
    }
    return pieces.add("]");
  }

  private static Stream<String> strings(JsonNode oneOrMany) {
    Stream<JsonNode> all = oneOrMany.isArray() ? oneOrMany.valueStream() : Stream.of(oneOrMany);
    return all.filter(JsonNode::isString).map(text -> text.asString().toLowerCase(Locale.ROOT));
  }

  private static Pieces result(String json) {
    return new Pieces().add("\"result\":" + json);
  }

  private static Pieces error(int code, String message) {
    return new Pieces().add("\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"}");
  }
}
