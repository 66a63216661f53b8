package org.earnest.bench.indexer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.earnest.bench.logs.LogNode;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.process.ChildProcess;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.FileTree;

/**
 * What every contender goes through, measured from outside: its process, its database, its node.
 *
 * @param folder for what the processes write
 * @param head the chain's newest block
 * @param wanted what is to be in the table in the end
 */
record IndexerCourse(LogNode node, DatabaseSettings server, Path folder, long head, Totals wanted) {
  private static final Duration READY_PATIENCE = Duration.ofMinutes(10);
  private static final Duration END_PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(200);

  /** In an empty database; then once more from the logs that were kept, if any are. */
  List<IndexerRound> run(Contender contender, Duration latency) throws SQLException, IOException {
    BenchDatabase database = BenchDatabase.create(server, databaseOf(contender));
    Path logs = emptyFolderFor(contender);
    long empty = database.size();
    List<IndexerRound> rounds = new ArrayList<>();
    rounds.add(round(contender, database, logs, empty, latency, false));
    if (!contender.forget().isEmpty()) {
      for (String statement : contender.forget()) {
        database.execute(statement);
      }
      rounds.add(round(contender, database, logs, empty, latency, true));
    }
    return rounds;
  }

  /** A round that nobody is told of. */
  void rehearse(Contender contender) throws SQLException, IOException {
    BenchDatabase database = BenchDatabase.create(server, databaseOf(contender));
    Path logs = emptyFolderFor(contender);
    var unused = round(contender, database, logs, database.size(), Duration.ZERO, false);
  }

  private static String databaseOf(Contender contender) {
    return "bench_" + contender.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
  }

  private Path emptyFolderFor(Contender contender) throws IOException {
    Path logs = folder.resolve(databaseOf(contender) + "-logs");
    if (Files.exists(logs)) {
      FileTree.delete(logs);
    }
    return logs;
  }

  private IndexerRound round(
      Contender contender,
      BenchDatabase database,
      Path logs,
      long empty,
      Duration latency,
      boolean warm)
      throws SQLException {
    Contender.Errand errand =
        new Contender.Errand(
            node.url(),
            database.url(),
            IndexerBench.REGISTRY,
            head,
            folder.resolve(contender.name().replace(' ', '-') + ".log"),
            logs);
    long requests = node.traffic().requests();
    long bytes = node.traffic().bytes();
    Set<Long> others = Used.children();
    Duration databaseCpu = Used.byPostgres().cpu();
    long begun = System.nanoTime();
    try (Lifecycle lifecycle = new Lifecycle()) {
      ChildProcess child = lifecycle.start(() -> ChildProcess.start(contender.command(errand)));
      lifecycle.start(() -> () -> Used.endSince(others));
      awaitReady(contender, child, database);
      Duration wall = Duration.ofNanos(System.nanoTime() - begun);
      Used used = Used.since(others);
      Duration databaseUsed = Used.byPostgres().cpu().minus(databaseCpu);
      requests = node.traffic().requests() - requests;
      bytes = node.traffic().bytes() - bytes;
      long events = database.totals(contender.table()).map(Totals::entries).orElse(0L);
      boolean right = comesTo(contender, database, END_PATIENCE);
      return new IndexerRound(
          contender.name(),
          warm,
          latency,
          events,
          wall,
          used,
          databaseUsed,
          database.size() - empty + sizeOf(logs.toFile()),
          requests,
          bytes,
          right);
    }
  }

  /** Bytes in a folder whose files may come and go; what is not there has none. */
  private static long sizeOf(File file) {
    File[] inside = file.listFiles();
    return inside == null
        ? file.length()
        : Arrays.stream(inside).mapToLong(IndexerCourse::sizeOf).sum();
  }

  private void awaitReady(Contender contender, ChildProcess child, BenchDatabase database)
      throws SQLException {
    if (contender.ready().isPresent()) {
      var unused = child.awaitOutput(contender.ready().get(), READY_PATIENCE);
    } else {
      var unused = comesTo(contender, database, READY_PATIENCE);
    }
  }

  /** Waits until its table holds what the chain does. */
  private boolean comesTo(Contender contender, BenchDatabase database, Duration patience)
      throws SQLException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!database.totals(contender.table()).equals(Optional.of(wanted))) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return true;
  }
}
