package org.earnest.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.earnest.kit.state.StateDirectory;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsIT {
  @TempDir Path folder;

  @Test
  void dropsWhatItMadeAndNothingOfOthers() throws Exception {
    try (StateDirectory state = StateDirectory.open(folder.resolve("state"));
        EmbeddedPostgres postgres = PostgresFixture.start(state);
        Database database = PostgresFixture.open(postgres)) {
      database.migrate("sample");
      database.run(handle -> handle.execute("insert into sample.note values ('mine', 'text')"));
      database.run(handle -> handle.execute("create table public.kept (id text)"));
      anothersSchema(postgres.settings(), "idempotency");
      anothersSchema(postgres.settings(), "unheard_of");

      database.dropMigrated();
      assertThat(schemas(database)).containsExactly("idempotency", "public", "unheard_of");
      database.dropMigrated();

      database.migrate("sample");
      String count = "select count(*) from sample.note";
      int notes = database.call(h -> h.createQuery(count).mapTo(Integer.class).one());
      assertThat(notes).isZero();
    }
  }

  /** A program of the same habits, which may even use one of our names. */
  private void anothersSchema(DatabaseSettings settings, String schema) throws Exception {
    Path scripts = Files.createDirectories(folder.resolve("of another"));
    Files.writeString(scripts.resolve("V1__another.sql"), "create table another (id text);");
    Flyway.configure()
        .dataSource(settings.jdbcUrl(), settings.user(), settings.password())
        .schemas(schema)
        .locations("filesystem:" + scripts)
        .load()
        .migrate();
  }

  private static List<String> schemas(Database database) {
    return database.call(
        handle ->
            handle
                .createQuery(
                    "select distinct table_schema from information_schema.tables"
                        + " where table_schema not in ('pg_catalog', 'information_schema')"
                        + " order by 1")
                .mapTo(String.class)
                .list());
  }
}
