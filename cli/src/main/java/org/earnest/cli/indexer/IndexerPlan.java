package org.earnest.cli.indexer;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.earnest.kit.http.Origin;
import org.earnest.kit.state.StateDirectory;

/**
 * What an indexer is to be made of.
 *
 * @param state holds database and log
 * @param postgresBinaries where PostgreSQL's programs are unpacked
 * @param databaseUrl a PostgreSQL instead of the embedded one
 * @param rpcUrls of one chain, in the order in which they are to be asked
 * @param contracts which to follow
 * @param fromBlock the first block whose logs are wanted; by default the one that the contracts
 *     were made in
 * @param horizon how deep a reorganisation may be, in blocks
 * @param files how those are read that events point to
 * @param port 0 for a free one
 * @param allowedOrigins where it is reached too
 * @param progress hears what is being started, one line each
 */
public record IndexerPlan(
    StateDirectory state,
    Path postgresBinaries,
    Optional<String> databaseUrl,
    List<URI> rpcUrls,
    ContractChoice contracts,
    OptionalLong fromBlock,
    int horizon,
    FileSettings files,
    int port,
    Set<Origin> allowedOrigins,
    Consumer<String> progress) {}
