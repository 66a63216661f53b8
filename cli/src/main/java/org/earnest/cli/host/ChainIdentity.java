package org.earnest.cli.host;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseUnavailableException;
import org.earnest.kit.process.StartupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which chain the database knows: its CAIP-2 identifier and its first block. Another chain under
 * the same database would turn every stored fact into a lie, so it stops the start. A chain that is
 * merely behind is the same chain, and its missing blocks a reorganisation.
 */
final class ChainIdentity {
  private static final String SCHEMA = "host";

  private static final Logger LOG = LoggerFactory.getLogger(ChainIdentity.class);

  /** How many chains a database may know. */
  private enum Scope {
    ONE(
        "select chain || ' ' || genesis from host.chain_identity",
        "insert into host.chain_identity (chain, genesis) values (:chain, :genesis)"
            + " on conflict do nothing",
        "Start with --fresh to begin anew, or give the --state that belongs to this chain"),
    SEVERAL(
        "select chain || ' ' || genesis from host.journaled_chain where chain = :chain",
        "insert into host.journaled_chain (chain, genesis) values (:chain, :genesis)"
            + " on conflict do nothing",
        "Give the --state or --database-url that belongs to this chain, or a new one");

    private final String known;
    private final String remember;
    private final String remedy;

    Scope(String known, String remember, String remedy) {
      this.known = known;
      this.remember = remember;
      this.remedy = remedy;
    }
  }

  private final Scope scope;
  private final Database database;
  private final String chain;
  private final String genesis;

  private ChainIdentity(Scope scope, Database database, String chain, String genesis) {
    this.scope = scope;
    this.database = database;
    this.chain = chain;
    this.genesis = genesis;
  }

  /**
   * Holds the chain against what the database remembers.
   *
   * @throws StartupException {@code chain_replaced}
   */
  static ChainIdentity require(Database database, ChainReader reader) {
    return require(Scope.ONE, database, reader);
  }

  /**
   * The same for a journal of several chains' transactions: this one has to be what it was.
   *
   * @throws StartupException {@code chain_replaced}
   */
  static ChainIdentity requireAmongSeveral(Database database, ChainReader reader) {
    return require(Scope.SEVERAL, database, reader);
  }

  private static ChainIdentity require(Scope scope, Database database, ChainReader reader) {
    database.migrate(SCHEMA);
    BlockHeader first =
        reader
            .block(new BlockTag.Height(0))
            .orElseThrow(() -> new ChainUnavailableException("the chain has no first block"));
    ChainIdentity now =
        new ChainIdentity(scope, database, reader.chainId().toString(), first.ref().hash().hex());
    now.remembered().filter(known -> !known.equals(now.text())).ifPresent(now::refuse);
    return now;
  }

  /**
   * Remembers this chain once it is certain to be found again: a node writes its state a moment
   * after it made it, and a kill before that leaves a database that may begin anew.
   */
  AutoCloseable rememberAfter(Duration settling) {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("chain-identity").factory());
    ScheduledFuture<?> remembering =
        clock.schedule(this::rememberOrSaySo, settling.toMillis(), TimeUnit.MILLISECONDS);
    return () -> {
      boolean early = remembering.cancel(false);
      clock.close();
      if (early) {
        rememberOrSaySo();
      }
    };
  }

  /** Remembers it at once. */
  void rememberOrSaySo() {
    try {
      remember();
    } catch (DatabaseUnavailableException silent) {
      LOG.warn("the chain's identity could not be stored", silent);
    }
  }

  private void remember() {
    database.run(
        handle ->
            handle
                .createUpdate(scope.remember)
                .bind("chain", chain)
                .bind("genesis", genesis)
                .execute());
    LOG.info("the database belongs to the chain {} from now on", chain);
  }

  private Optional<String> remembered() {
    return database.call(
        handle ->
            handle
                .createQuery(scope.known)
                .bindMap(scope == Scope.SEVERAL ? Map.of("chain", chain) : Map.of())
                .mapTo(String.class)
                .findOne());
  }

  private String text() {
    return chain + " " + genesis;
  }

  private void refuse(String known) {
    throw new StartupException(
        "chain_replaced",
        "the database knows the chain " + known + ", but this is " + text(),
        scope.remedy);
  }
}
