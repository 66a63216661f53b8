package org.earnest.cli.indexer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.http.Origin;
import org.earnest.kit.state.StateDirectory;

/**
 * What an indexer is to be made of.
 *
 * @param state holds database and log
 * @param postgresBinaries where PostgreSQL's programs are unpacked
 * @param databaseUrl a PostgreSQL instead of the embedded one
 * @param chains to follow: one, or several that each say which they are
 * @param cached whether final logs are kept in the state directory
 * @param didRegistry the ERC-1056 registry of the one chain; empty for its well-known one
 * @param port 0 for a free one
 * @param allowedOrigins where it is reached too
 * @param progress hears what is being started, one line each
 */
public record IndexerPlan(
    StateDirectory state,
    Path postgresBinaries,
    Optional<String> databaseUrl,
    List<ChainPlan> chains,
    boolean cached,
    Optional<EvmAddress> didRegistry,
    int port,
    Set<Origin> allowedOrigins,
    Consumer<String> progress) {
  public IndexerPlan {
    chains = List.copyOf(chains);
    if (chains.isEmpty()
        || (chains.size() > 1 && chains.stream().anyMatch(one -> one.chain().isEmpty()))) {
      throw new IllegalArgumentException("one chain, or several that say which they are");
    }
    if (didRegistry.isPresent() && chains.size() > 1) {
      throw new IllegalArgumentException("a registry of DIDs belongs to one chain");
    }
  }
}
