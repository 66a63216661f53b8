package org.earnest.bench.reads;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.earnest.bench.logs.SyntheticChain;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.follow.FollowProgress;
import org.earnest.kit.http.Host;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.reputation.chain.FollowedContracts;
import org.earnest.reputation.edge.AgentFileService;
import org.earnest.reputation.edge.GraphqlService;
import org.earnest.reputation.edge.GraphqlTurns;
import org.earnest.reputation.edge.ReputationService;
import org.earnest.reputation.graph.ChainTimes;
import org.earnest.reputation.graph.TimeLimits;
import org.earnest.reputation.reading.FileQueries;
import org.earnest.reputation.reading.ReferencedFiles;
import org.earnest.reputation.store.ChangePosition;
import org.earnest.reputation.store.Changes;
import org.earnest.reputation.store.LateIndexes;
import org.earnest.reputation.store.ReputationQueries;
import org.earnest.reputation.store.ReputationStore;
import org.jdbi.v3.core.Handle;

/** Fills an index in bulk and measures how long each route takes to answer over HTTP. */
public final class ReadBench {
  private static final FollowedContracts CONTRACTS =
      new FollowedContracts(
          SyntheticChain.ID,
          new EvmAddress("0x" + "80".repeat(20)),
          new EvmAddress("0x" + "81".repeat(20)),
          Optional.of(new EvmAddress("0x" + "83".repeat(20))),
          Optional.empty());
  static final Caip10AccountId REGISTRY = CONTRACTS.registry();

  /** What the bench keeps for itself. */
  private static final String SCHEMA = "bench";

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int STREAM_PAGE = 100;

  /** Blocks from all over the chain, of whose feedbacks the files are asked for. */
  private static final int FILE_BLOCKS = 500;

  private final ReadPlan plan;
  private final DatabaseSettings settings;
  private final Consumer<String> say;

  /**
   * A bench.
   *
   * @param settings of a database that is empty, or that this filled before
   */
  public ReadBench(ReadPlan plan, DatabaseSettings settings, Consumer<String> say) {
    this.plan = plan;
    this.settings = settings;
    this.say = say;
  }

  /**
   * Whether this filled the database before, in the same way.
   *
   * @throws StartupException {@code filled_otherwise}
   */
  public boolean isFilled() {
    try (Lifecycle lifecycle = new Lifecycle()) {
      return database(lifecycle).<Boolean, RuntimeException>call(this::isFilled);
    }
  }

  private boolean isFilled(Handle handle) {
    boolean begun =
        handle
            .createQuery("select to_regclass('bench.filled') is not null")
            .mapTo(Boolean.class)
            .one();
    if (!begun) {
      return false;
    }
    List<List<Long>> filled =
        handle
            .createQuery("select agents, feedbacks from bench.filled")
            .map((row, context) -> List.of(row.getLong(1), row.getLong(2)))
            .list();
    if (!filled.equals(List.of(List.of(plan.agents(), plan.feedbacks())))) {
      throw new StartupException(
          "filled_otherwise",
          "the database was filled with other numbers of agents and feedbacks: " + filled,
          "Name those, or an empty database");
    }
    return true;
  }

  /**
   * Makes the index, as a backfill and the triggers would have; what differs of a sample.
   *
   * @throws StartupException {@code database_not_empty}
   */
  public List<String> fill() {
    try (Lifecycle lifecycle = new Lifecycle()) {
      Database database = database(lifecycle);
      database.run(ReadBench::requireEmpty);
      database.migrate(ReputationStore.SCHEMA);
      database.migrate(ReferencedFiles.SCHEMA);
      List<String> differences = new FilledIndex(plan, say).fill(settings);
      LateIndexes late =
          lifecycle.start(() -> LateIndexes.start(database, SyntheticChain.ID, progress()));
      awaitLateIndexes(database);
      late.close();
      database.run(
          handle -> {
            handle.execute("create table bench.filled (agents bigint, feedbacks bigint)");
            handle.execute(
                "insert into bench.filled values (?, ?)", plan.agents(), plan.feedbacks());
          });
      return differences;
    } catch (SQLException refused) {
      throw new IllegalStateException("the bench's own database refuses", refused);
    }
  }

  /** Filling takes an index apart, so it must be nobody's. */
  private static void requireEmpty(Handle handle) {
    List<String> there =
        handle
            .createQuery(
                "select nspname from pg_namespace where nspname in (<schemas>) order by nspname")
            .bindList("schemas", ReputationStore.SCHEMA, ReferencedFiles.SCHEMA, SCHEMA)
            .mapTo(String.class)
            .list();
    if (!there.isEmpty()) {
      throw new StartupException(
          "database_not_empty",
          "the database has an index, or a part of one: " + String.join(", ", there),
          "Name an empty database");
    }
  }

  private Database database(Lifecycle lifecycle) {
    return lifecycle.start(() -> Database.open(settings, new SimpleMeterRegistry()));
  }

  private static void awaitLateIndexes(Database database) {
    while (!database.<Boolean, RuntimeException>call(
        handle ->
            handle
                .createQuery(
                    "select not exists (select from pg_locks where locktype = 'advisory')"
                        + " and exists (select from pg_index where indisvalid and indexrelid ="
                        + " to_regclass('reputation.feedback_standing_average'))")
                .mapTo(Boolean.class)
                .one())) {
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", interrupted);
      }
    }
  }

  /** Asks; {@code ok} if every answer was one, whatever time it took. */
  public Map<String, Object> ask() {
    List<Answered> answered = new ArrayList<>();
    try (Lifecycle lifecycle = new Lifecycle()) {
      Database database = database(lifecycle);
      ReputationQueries queries = new ReputationQueries(database, SyntheticChain.ID);
      Host host =
          lifecycle.start(
              () ->
                  Host.builder()
                      .port(0)
                      .metrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
                      .database(database)
                      .mount(
                          new ReputationService(
                              queries, CONTRACTS, new ChainTimes(new TimedChain()), progress()))
                      .mount(
                          new AgentFileService(
                              queries,
                              new FileQueries(database, SyntheticChain.ID),
                              REGISTRY,
                              progress()))
                      .mount(
                          new GraphqlService(
                              database,
                              new TimedChain(),
                              CONTRACTS,
                              progress(),
                              new GraphqlTurns(),
                              TimeLimits.USUAL))
                      .start());
      say.accept(Answered.HEAD);
      try (Crowd crowd = new Crowd(plan, files(database))) {
        for (Question question : Question.all()) {
          tell(answered, crowd.ask(question, host.uri()));
        }
        tell(answered, crowd.ask("/stream, 100 changes", keys -> page(queries, keys, false)));
        tell(answered, crowd.ask("/stream?agent, 100 changes", keys -> page(queries, keys, true)));
      }
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("ok", answered.stream().allMatch(each -> each.wrong() == 0));
    figures.put("missed", answered.stream().filter(Answered::missed).count());
    figures.put("questions", answered.stream().map(Answered::figures).toList());
    return figures;
  }

  /** Paths of some that there are. */
  private List<String> files(Database database) {
    return database.call(
        handle ->
            handle
                .createQuery(
                    "select '/agents/' || agent_id || '/feedback/' || client || '/'"
                        + " || feedback_index || '/file' from reputation.feedback"
                        + " where chain = :chain and block_number in"
                        + " (select n * :head / :blocks from generate_series(1, :blocks) n)")
                .bind("chain", SyntheticChain.ID.toString())
                .bind("head", plan.head())
                .bind("blocks", FILE_BLOCKS)
                .mapTo(String.class)
                .list());
  }

  private void tell(List<Answered> answered, Answered one) {
    answered.add(one);
    say.accept(one.row());
  }

  /** What a listener reads at once, from a block on. */
  private static boolean page(ReputationQueries queries, Keys keys, boolean ofAgent) {
    long number = keys.block();
    BlockRef block = new BlockRef(SyntheticChain.ID, number, new Hash32(Keys.block(number)));
    Optional<BigInteger> agent =
        ofAgent ? Optional.of(BigInteger.valueOf(keys.agent())) : Optional.empty();
    return queries.changes(ChangePosition.after(block, 0), agent, STREAM_PAGE)
        instanceof Changes.Onward;
  }

  private Supplier<FollowProgress> progress() {
    BlockRef head =
        new BlockRef(SyntheticChain.ID, plan.head(), new Hash32(Keys.block(plan.head())));
    FollowProgress there =
        new FollowProgress(
            Optional.of(head), Optional.of(head), Optional.of(plan.head()), Optional.empty());
    return () -> there;
  }
}
