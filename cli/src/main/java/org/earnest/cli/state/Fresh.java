package org.earnest.cli.state;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.earnest.devnet.AnvilChain;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;

/** Begins anew: what earlier runs kept is removed, and what they left running is stopped first. */
public final class Fresh {
  /** Where a state directory keeps its chain. */
  public static final String CHAIN_FOLDER = "chain";

  private Fresh() {}

  /**
   * Clears the state directory. In a database by URL, drops the schemas that Earnest made there and
   * nothing else.
   *
   * @throws StartupException {@code state_not_usable}, or why the database could not be cleared
   */
  public static void begin(StateDirectory state, Optional<String> databaseUrl) {
    begin(state, databaseUrl, Set.of());
  }

  /**
   * The same, but for what is still true of the chain.
   *
   * @param kept names in the state directory
   */
  public static void begin(StateDirectory state, Optional<String> databaseUrl, Set<String> kept) {
    databaseUrl.map(DatabaseSettings::parse).ifPresent(Fresh::dropSchemas);
    EmbeddedPostgres.stopStale(state);
    AnvilChain.discard(state.resolve(CHAIN_FOLDER));
    try {
      state.clear(kept);
    } catch (IOException refused) {
      throw new StartupException(
          "state_not_usable",
          "the state directory could not be cleared: " + refused,
          "Remove " + state.path() + " by hand, or choose another with --state",
          refused);
    }
  }

  private static void dropSchemas(DatabaseSettings settings) {
    try (Database database = Database.open(settings, new SimpleMeterRegistry())) {
      database.dropMigrated();
    }
  }
}
