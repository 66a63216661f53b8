package org.earnest.cli.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.earnest.core.submission.Finality;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.devnet.DevChain;
import org.earnest.kit.http.Origin;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;

/**
 * What a host is to be made of.
 *
 * @param state holds database and logs
 * @param postgresBinaries where PostgreSQL's programs are unpacked
 * @param port 0 for a free one
 * @param allowedOrigins where it is reached too, and whose pages may change things
 * @param databaseUrl a PostgreSQL instead of the embedded one
 * @param chain starts or connects the chain
 * @param keys the operator's own, one or more for a role, instead of the role's test key
 * @param issuer issues the credentials
 * @param finality when what is sent to the chain counts as final
 * @param batching whether payments that come within a moment are settled in one transaction
 * @param progress hears what is being started, one line each
 */
public record HostPlan(
    StateDirectory state,
    Path postgresBinaries,
    int port,
    Set<Origin> allowedOrigins,
    Optional<String> databaseUrl,
    Lifecycle.Starter<DevChain, RuntimeException> chain,
    Map<Role, List<HostKey>> keys,
    HostIssuer issuer,
    Finality finality,
    boolean batching,
    Consumer<String> progress) {}
