package org.earnest.bench.reorg;

import java.nio.file.Path;
import java.util.List;
import org.earnest.kit.postgres.DatabaseSettings;

/**
 * What the indexer is run against.
 *
 * @param server a PostgreSQL that this process started
 * @param folder for what processes write
 * @param mainClass of the indexer's processes
 * @param sabotage statements that break the index's database once it is there; for tests of this
 */
public record ReorgPlan(
    DatabaseSettings server, Path folder, String mainClass, List<String> sabotage) {
  public ReorgPlan {
    sabotage = List.copyOf(sabotage);
  }

  /** The indexer as it is. */
  public ReorgPlan(DatabaseSettings server, Path folder) {
    this(server, folder, MortalIndexer.class.getName(), List.of());
  }
}
