package org.earnest.kit.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.earnest.kit.process.StartupException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;

/**
 * A pool of connections to one PostgreSQL database, in which every module has a schema of its own.
 * SQL names tables with their schema: {@code select … from escrow.deal}. The only exception that
 * means "the database, not you" is {@link DatabaseUnavailableException}.
 */
public final class Database implements AutoCloseable {
  public static final int MAX_POOL = 16;

  /**
   * Connections that are kept while nobody needs more: each new one costs both sides a handshake.
   */
  private static final int MIN_IDLE = 2;

  /** The code of a {@link StartupException}: nobody is there, or lets us in. */
  public static final String UNREACHABLE = "database_unreachable";

  /**
   * How long work waits for a connection of the pool, and so until it is told of a database that is
   * gone. Together with the fifteen seconds that a chain may take it is less than a request's
   * thirty, so that its answer can still say what is the matter.
   */
  static final Duration POOL_PATIENCE = Duration.ofSeconds(10);

  /** For a new connection, with everything up to being let in; a busy server takes its time. */
  static final Duration CONNECT_PATIENCE = Duration.ofSeconds(15);

  static final Duration STATEMENT_PATIENCE = Duration.ofSeconds(20);

  /**
   * How long a process that sleeps in the middle of a transaction may keep others from its rows:
   * less than a statement's time, so that who waits for them gets them.
   */
  static final Duration IDLE_PATIENCE = Duration.ofSeconds(15);

  static final Duration SOCKET_PATIENCE = Duration.ofSeconds(40);

  private static final Pattern SCHEMA = Pattern.compile("[a-z][a-z_]{0,30}");

  private final Migrations migrations;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(DatabaseSettings settings, HikariDataSource pool) {
    this.migrations = new Migrations(settings);
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    BigIntegers.register(jdbi);
  }

  /**
   * Connects, and refuses a server that does not write through to its disk. Use inside {@link
   * org.earnest.kit.process.Lifecycle#start}.
   *
   * @param metrics counts the pool
   * @throws StartupException {@code database_unreachable} or {@code database_not_durable}
   */
  public static Database open(DatabaseSettings settings, MeterRegistry metrics) {
    Database database = new Database(settings, connect(settings, metrics));
    try {
      Durability.require(database);
      return database;
    } catch (RuntimeException refused) {
      database.close();
      throw refused;
    }
  }

  /**
   * Brings a module's schema up to date from the class-path folder {@code db/migration/<schema>}.
   *
   * @param schema lower case with underscores; created where it is missing
   * @throws StartupException {@code migration_failed}
   */
  public void migrate(String schema) {
    if (!SCHEMA.matcher(schema).matches()) {
      throw new IllegalArgumentException("a schema is lower case with underscores");
    }
    migrations.migrate(schema);
  }

  /**
   * Drops what {@link #migrate} made: each schema whose first migration is one of ours, by its
   * checksum. A schema of the same name that somebody else made stays, and so does all the rest.
   *
   * @throws StartupException {@code schema_drop_failed}
   */
  public void dropMigrated() {
    List<String> candidates =
        call(
            handle ->
                handle
                    .createQuery(
                        "select table_schema from information_schema.tables where table_name = :it")
                    .bind("it", Migrations.HISTORY)
                    .mapTo(String.class)
                    .list());
    candidates.stream()
        .filter(schema -> SCHEMA.matcher(schema).matches())
        .filter(migrations::made)
        .forEach(migrations::drop);
  }

  /**
   * Runs statements that each commit by themselves.
   *
   * @throws DatabaseUnavailableException when the database could not be asked
   */
  public <T, X extends Exception> T call(HandleCallback<T, X> work) throws X {
    try {
      return jdbi.withHandle(work);
    } catch (RuntimeException failure) {
      throw SqlFailures.translate(failure);
    }
  }

  /**
   * Runs statements in one transaction (read committed): all of them, or none when the work throws.
   *
   * @throws DatabaseUnavailableException when the database could not be asked; where it fell silent
   *     during the commit it is not known whether the transaction happened
   */
  public <T, X extends Exception> T transaction(HandleCallback<T, X> work) throws X {
    try {
      return jdbi.inTransaction(work);
    } catch (RuntimeException failure) {
      throw SqlFailures.translate(failure);
    }
  }

  /** {@link #transaction} for work that gives nothing back. */
  public <X extends Exception> void run(HandleConsumer<X> work) throws X {
    try {
      jdbi.useTransaction(work);
    } catch (RuntimeException failure) {
      throw SqlFailures.translate(failure);
    }
  }

  /**
   * Lets the rest of a transaction's statements take longer than others, for work that cannot be
   * done in parts.
   *
   * @param patience of each statement
   */
  public static void allow(Handle handle, Duration patience) {
    handle.execute("set local statement_timeout = " + patience.toMillis());
    try {
      // The pool sets it back.
      handle
          .getConnection()
          .setNetworkTimeout(
              Runnable::run, Math.toIntExact(patience.plus(SOCKET_PATIENCE).toMillis()));
    } catch (SQLException broken) {
      throw new ConnectionException(broken);
    }
  }

  /**
   * Returns if it answers.
   *
   * @throws DatabaseUnavailableException if not
   */
  public void ping() {
    call(handle -> handle.createQuery("select 1").mapTo(Integer.class).one());
  }

  @Override
  public void close() {
    pool.close();
  }

  private static HikariDataSource connect(DatabaseSettings settings, MeterRegistry metrics) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("earnest");
    config.setJdbcUrl(settings.jdbcUrl());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(MAX_POOL);
    config.setMinimumIdle(MIN_IDLE);
    config.setConnectionTimeout(POOL_PATIENCE.toMillis());
    // One try: a wrong password does not become right by waiting.
    config.setInitializationFailTimeout(1);
    config.setMetricRegistry(metrics);
    Map.of(
            "ApplicationName",
            "earnest",
            "connectTimeout",
            seconds(CONNECT_PATIENCE),
            "loginTimeout",
            seconds(CONNECT_PATIENCE),
            "socketTimeout",
            seconds(SOCKET_PATIENCE),
            "tcpKeepAlive",
            "true",
            "options",
            "-c statement_timeout="
                + STATEMENT_PATIENCE.toMillis()
                + " -c idle_in_transaction_session_timeout="
                + IDLE_PATIENCE.toMillis())
        .forEach(config::addDataSourceProperty);
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException failed) {
      throw unreachable(settings, failed);
    }
  }

  private static String seconds(Duration duration) {
    return Long.toString(duration.toSeconds());
  }

  private static StartupException unreachable(DatabaseSettings settings, Exception cause) {
    return new StartupException(
        UNREACHABLE,
        "the database at %s does not let us in: %s"
            .formatted(settings.jdbcUrl(), SqlFailures.sentence(cause)),
        "Check that it runs, and user, password and database name in --database-url.",
        cause);
  }
}
