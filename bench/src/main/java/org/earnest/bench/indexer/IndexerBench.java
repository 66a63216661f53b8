package org.earnest.bench.indexer;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.earnest.bench.logs.LogNode;
import org.earnest.bench.logs.NodeManners;
import org.earnest.bench.logs.SyntheticChain;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.postgres.DatabaseSettings;

/** Measures how fast the indexer and its peers read a chain's feedback into an empty database. */
public final class IndexerBench {
  static final EvmAddress REGISTRY = new EvmAddress("0x" + "81".repeat(20));

  private static final long SEED = 8004;
  private static final int AGENTS = 2_000;
  private static final int CLIENTS = 5_000;
  private static final List<String> PONDERS = List.of("1.0.0", "0.17.7");

  private final IndexerPlan plan;
  private final DatabaseSettings server;
  private final Path folder;
  private final Optional<Path> peers;
  private final Consumer<String> say;

  /**
   * A bench.
   *
   * @param server a PostgreSQL that this process started; everybody gets a database of their own
   * @param folder for what the processes write
   * @param peers where they are installed; empty to leave them out
   */
  public IndexerBench(
      IndexerPlan plan,
      DatabaseSettings server,
      Path folder,
      Optional<Path> peers,
      Consumer<String> say) {
    this.plan = plan;
    this.server = server;
    this.folder = folder;
    this.peers = peers;
    this.say = say;
  }

  /** Runs it; {@code ok} unless something was missing or there twice. */
  public Map<String, Object> run() {
    List<Contender> contenders = contenders();
    FeedbackWorkload workload =
        new FeedbackWorkload(SEED, REGISTRY, plan.perBlock(), AGENTS, CLIENTS);
    Totals wanted = Totals.of(workload, plan.blocks());
    SyntheticChain chain = new SyntheticChain(SEED, plan.blocks(), workload);
    chain.write();
    List<IndexerRound> rounds = new ArrayList<>();
    try (LogNode node = LogNode.start(chain, NodeManners.GOOD)) {
      IndexerCourse course = new IndexerCourse(node, server, folder, plan.blocks(), wanted);
      say.accept(IndexerRound.HEAD);
      contenders.stream().filter(Contender::keepsItsStart).forEach(one -> rehearse(course, one));
      for (Duration latency : plan.latencies()) {
        node.behave(NodeManners.GOOD.after(latency));
        for (int i = 0; i < plan.rounds(); i++) {
          contenders.forEach(contender -> rounds.addAll(rounds(course, contender, latency)));
        }
      }
    }
    return figures(rounds);
  }

  private static void rehearse(IndexerCourse course, Contender contender) {
    try {
      course.rehearse(contender);
    } catch (SQLException | IOException refused) {
      throw refused(refused);
    }
  }

  private static IllegalStateException refused(Exception why) {
    return new IllegalStateException("the bench's own database or folder refuses", why);
  }

  private List<Contender> contenders() {
    return Stream.concat(
            Stream.<Contender>of(new OurIndexer(folder.resolve("indexer.aot"))),
            peers.stream()
                .flatMap(
                    path ->
                        Stream.concat(
                            PONDERS.stream().map(version -> PonderPeer.install(version, path)),
                            Stream.of(EnvioPeer.install(path)))))
        .toList();
  }

  /** Cold, and warm where logs are kept. */
  private List<IndexerRound> rounds(IndexerCourse course, Contender contender, Duration latency) {
    try {
      List<IndexerRound> rounds = course.run(contender, latency);
      rounds.forEach(round -> say.accept(round.row()));
      return rounds;
    } catch (SQLException | IOException refused) {
      throw refused(refused);
    }
  }

  private static Map<String, Object> figures(List<IndexerRound> rounds) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", rounds.stream().allMatch(IndexerRound::right));
    figures.put("rounds", rounds.stream().map(IndexerRound::figures).toList());
    return figures;
  }
}
