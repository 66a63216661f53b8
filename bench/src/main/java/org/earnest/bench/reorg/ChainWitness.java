package org.earnest.bench.reorg;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.earnest.bench.logs.SyntheticChain;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.LogQuery;
import org.earnest.kit.postgres.Database;
import org.earnest.reputation.store.ReputationStore;

/**
 * Holds an index against the chain itself: index and rebuild are made by the same code and might be
 * wrong in the same way.
 */
final class ChainWitness {
  private final SyntheticChain chain;
  private final ChainReader reader;

  /**
   * A witness.
   *
   * @param reader of a node that behaves
   */
  ChainWitness(SyntheticChain chain, ChainReader reader) {
    this.chain = chain;
    this.reader = reader;
  }

  /** What the index says that the chain does not, and the other way round; sentences. */
  List<String> differences(Database index) {
    List<String> differences = new ArrayList<>();
    Set<String> logs = logs();
    Set<String> rows = rows(index);
    Set<String> lost = new HashSet<>(logs);
    lost.removeAll(rows);
    if (!lost.isEmpty()) {
      differences.add(lost.size() + " logs of the chain left no row, such as " + any(lost));
    }
    rows.removeAll(logs);
    if (!rows.isEmpty()) {
      differences.add(rows.size() + " rows are of no log of the chain, such as " + any(rows));
    }
    Set<String> blocks = blocks();
    Set<String> recorded =
        texts(index, "select number || ' ' || hash from reputation.followed_block");
    recorded.removeAll(blocks);
    if (!recorded.isEmpty()) {
      differences.add("recorded blocks are not the chain's, such as " + any(recorded));
    }
    Set<String> times =
        texts(
            index,
            "select number || ' ' || time from reputation.followed_block where time is not null");
    times.removeAll(times());
    if (!times.isEmpty()) {
      differences.add("blocks have times that are not the chain's, such as " + any(times));
    }
    Set<String> astray = astray(index, blocks);
    if (!astray.isEmpty()) {
      differences.add("blocks of the chain went back to none of it, such as " + any(astray));
    }
    return differences;
  }

  /**
   * Blocks that were undone though they are the chain's are none by themselves: they were read
   * again as their logs came late, and which of them are recorded anew hangs on where ranges ended.
   * But what they went back to was below them, and so is the chain's as well.
   */
  private static Set<String> astray(Database index, Set<String> blocks) {
    Set<String> undone =
        texts(
            index,
            "select number || ' ' || hash || ' to ' || common_number || ' ' || common_hash"
                + " from reputation.undone_block");
    undone.removeIf(
        line -> {
          int to = line.indexOf(" to ");
          return !blocks.contains(line.substring(0, to))
              || blocks.contains(line.substring(to + " to ".length()));
        });
    return undone;
  }

  private Set<String> logs() {
    return reader.logs(new LogQuery(0, chain.head(), Set.of(), List.of())).stream()
        .map(ChainLog::ref)
        .map(ref -> ref.block().number() + " " + ref.block().hash() + " " + ref.logIndex())
        .collect(Collectors.toSet());
  }

  private Set<String> blocks() {
    Set<String> blocks = new HashSet<>();
    for (long number = 0; number <= chain.head(); number++) {
      blocks.add(number + " " + chain.hash(number));
    }
    return blocks;
  }

  private Set<String> times() {
    List<BlockTag> all =
        LongStream.rangeClosed(0, chain.head()).<BlockTag>mapToObj(BlockTag.Height::new).toList();
    return reader.blocks(all).stream()
        .flatMap(Optional::stream)
        .map(block -> block.ref().number() + " " + block.timestamp())
        .collect(Collectors.toSet());
  }

  /** The logs that rows name, in all tables whose rows name one. */
  private static Set<String> rows(Database index) {
    List<String> tables =
        index.call(
            handle ->
                handle
                    .createQuery(
                        "select table_name from information_schema.columns"
                            + " where table_schema = :schema"
                            + " and column_name in ('block_number', 'block_hash', 'log_index')"
                            + " group by table_name having count(*) = 3")
                    .bind("schema", ReputationStore.SCHEMA)
                    .mapTo(String.class)
                    .list());
    return texts(
        index,
        tables.stream()
            .map(
                table ->
                    "select block_number || ' ' || block_hash || ' ' || log_index from "
                        + ReputationStore.SCHEMA
                        + "."
                        + table)
            .collect(Collectors.joining(" union ")));
  }

  private static Set<String> texts(Database database, String question) {
    return new HashSet<>(
        database.<List<String>, RuntimeException>call(
            handle -> handle.createQuery(question).mapTo(String.class).list()));
  }

  private static String any(Set<String> some) {
    return some.stream().sorted().findFirst().orElseThrow();
  }
}
