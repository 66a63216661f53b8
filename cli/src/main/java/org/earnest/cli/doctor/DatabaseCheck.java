package org.earnest.cli.doctor;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Optional;
import org.earnest.cli.state.TemporaryState;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.DatabaseUnavailableException;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;

/**
 * Does the database answer? The embedded one is started in a folder of its own and stopped again.
 *
 * @param given a PostgreSQL by URL; empty for the embedded one
 * @param scratch where the embedded one may be tried
 * @param binaries where its programs are unpacked
 */
public record DatabaseCheck(Optional<String> given, Path scratch, Path binaries) implements Check {
  private static final String NAME = "database";

  @Override
  public Finding run() {
    try (Lifecycle lifecycle = new Lifecycle()) {
      DatabaseSettings settings =
          given.isPresent() ? DatabaseSettings.parse(given.get()) : embedded(lifecycle);
      Database database = lifecycle.start(() -> Database.open(settings, new SimpleMeterRegistry()));
      String version =
          database.call(
              handle -> handle.createQuery("show server_version").mapTo(String.class).one());
      String which = given.isPresent() ? settings.jdbcUrl() : "the embedded PostgreSQL";
      return Finding.ok(NAME, which + " answers, version " + version);
    } catch (StartupException refused) {
      return Finding.fail(NAME, String.valueOf(refused.getMessage()), refused.remedy());
    } catch (DatabaseUnavailableException silent) {
      return Finding.fail(NAME, silent.detail(), "look into the server's log");
    }
  }

  private DatabaseSettings embedded(Lifecycle lifecycle) {
    TemporaryState state = lifecycle.start(() -> TemporaryState.open(scratch));
    return lifecycle.start(() -> EmbeddedPostgres.start(state.directory(), binaries)).settings();
  }
}
