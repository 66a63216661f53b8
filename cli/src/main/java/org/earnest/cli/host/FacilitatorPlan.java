package org.earnest.cli.host;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.Finality;
import org.earnest.kit.http.Origin;
import org.earnest.kit.state.StateDirectory;

/**
 * What a facilitator by itself is to be made of.
 *
 * @param state holds database and logs
 * @param postgresBinaries where PostgreSQL's programs are unpacked
 * @param databaseUrl a PostgreSQL instead of the embedded one
 * @param rpcUrls nodes of one chain, at least one
 * @param keys of the accounts that pay the gas, at least one
 * @param assets CAIP-19 of the tokens that are moved
 * @param payees who may be paid; empty for anybody
 * @param factories whose wallets are deployed for their payers
 * @param batch a {@code CallBatch}, which factories need
 * @param operators for which payments are fetched into escrow
 * @param finality when what is sent to the chain counts as final
 * @param port 0 for a free one
 * @param progress hears what is being started, one line each
 */
public record FacilitatorPlan(
    StateDirectory state,
    Path postgresBinaries,
    Optional<String> databaseUrl,
    List<URI> rpcUrls,
    List<HostKey> keys,
    List<String> assets,
    Set<EvmAddress> payees,
    Set<EvmAddress> factories,
    Optional<EvmAddress> batch,
    Set<EvmAddress> operators,
    Finality finality,
    int port,
    Set<Origin> allowedOrigins,
    Consumer<String> progress) {}
