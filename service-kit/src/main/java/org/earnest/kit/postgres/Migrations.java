package org.earnest.kit.postgres;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.earnest.kit.process.StartupException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** The modules' schemas, each made from the class-path folder {@code db/migration/<schema>}. */
record Migrations(DatabaseSettings settings) {
  static final String HISTORY = "flyway_schema_history";

  void migrate(String schema) {
    asking(
        flyway(schema, true),
        Flyway::migrate,
        failed ->
            new StartupException(
                "migration_failed",
                "the database schema %s could not be brought up to date: %s"
                    .formatted(schema, SqlFailures.sentence(failed)),
                "Was the database used by a newer version? Use that one, or another database.",
                failed));
  }

  /** Whether the schema began with the migration that we would begin with. */
  boolean made(String schema) {
    return asking(
        flyway(schema, false),
        flyway -> first(flyway).filter(Migrations::isOurs).isPresent(),
        failed -> dropFailed(schema, failed));
  }

  void drop(String schema) {
    asking(flyway(schema, false), Flyway::clean, failed -> dropFailed(schema, failed));
  }

  /** The making of the schema itself has no version. */
  private static Optional<MigrationInfo> first(Flyway flyway) {
    return Arrays.stream(flyway.info().applied())
        .filter(migration -> migration.getVersion() != null)
        .findFirst();
  }

  private static boolean isOurs(MigrationInfo applied) {
    Integer ours = applied.getResolvedChecksum();
    return ours != null && ours.equals(applied.getAppliedChecksum());
  }

  private Flyway flyway(String schema, boolean mustExist) {
    FluentConfiguration configuration = Flyway.configure();
    // By one connection, so that a migration and its row in the history are one transaction: of two
    // a kill in between would leave the one without the other.
    configuration
        .getPluginRegister()
        .getExact(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration
        .dataSource(settings.jdbcUrl(), settings.user(), settings.password())
        .schemas(schema)
        .defaultSchema(schema)
        .table(HISTORY)
        .locations("classpath:db/migration/" + schema)
        .failOnMissingLocations(mustExist)
        .validateMigrationNaming(true)
        // What a newer version added is not ours to write beside.
        .ignoreMigrationPatterns(new String[0])
        .cleanDisabled(mustExist)
        .load();
  }

  private static <T> T asking(
      Flyway flyway,
      Function<Flyway, T> question,
      Function<FlywayException, StartupException> why) {
    try {
      return question.apply(flyway);
    } catch (FlywayException failed) {
      throw SqlFailures.unavailable(failed)
          .<RuntimeException>map(unavailable -> unavailable)
          .orElseGet(() -> why.apply(failed));
    }
  }

  private static StartupException dropFailed(String schema, FlywayException failed) {
    return new StartupException(
        "schema_drop_failed",
        "the database schema %s could not be dropped: %s"
            .formatted(schema, SqlFailures.sentence(failed)),
        "Drop it by hand, or use another database.",
        failed);
  }
}
