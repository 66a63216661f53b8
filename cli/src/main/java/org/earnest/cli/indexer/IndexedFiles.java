package org.earnest.cli.indexer;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.identity.AgentFiles;
import org.earnest.core.identity.DidResolver;
import org.earnest.did.agent.AgentVerifier;
import org.earnest.did.edge.AgentBindingService;
import org.earnest.kit.fetch.GuardedFetcher;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.process.Lifecycle;
import org.earnest.reputation.ReputationIndexer;
import org.earnest.reputation.chain.FollowedContracts;
import org.earnest.reputation.edge.AgentFileService;
import org.earnest.reputation.edge.GraphqlService;
import org.earnest.reputation.edge.GraphqlTurns;
import org.earnest.reputation.file.FileSource;
import org.earnest.reputation.file.RegistrationFiles;
import org.earnest.reputation.graph.TimeLimits;
import org.earnest.reputation.reading.FileQueries;
import org.earnest.reputation.reading.ReferencedFiles;
import org.earnest.reputation.store.ReputationQueries;

/** Wires the files that indexed events point to: who reads them, and who tells of them. */
public record IndexedFiles(
    Lifecycle lifecycle, ChainReader chain, FollowedContracts contracts, Database database) {

  public HttpService service(ReputationIndexer indexer) {
    return new AgentFileService(
        new ReputationQueries(database, contracts.chain()),
        new FileQueries(database, contracts.chain()),
        contracts.registry(),
        indexer::progress);
  }

  /**
   * Questions that files are part of the answers to.
   *
   * @param turns of all chains of the database
   */
  public HttpService graphql(ReputationIndexer indexer, GraphqlTurns turns) {
    return new GraphqlService(
        database, chain, contracts, indexer::progress, turns, TimeLimits.USUAL);
  }

  /**
   * Registration files as they are now.
   *
   * @param developmentOrigins may be read from although they are on no public internet
   */
  public AgentFiles registrations(Optional<URI> ipfsGateway, Set<String> developmentOrigins) {
    GuardedFetcher fetcher =
        lifecycle.start(() -> new GuardedFetcher(FileSource.policy(developmentOrigins)));
    return new RegistrationFiles(new FileSource(fetcher, ipfsGateway));
  }

  /** Whether agents are who they say. */
  HttpService binding(FileSettings settings, DidResolver resolver) {
    return new AgentBindingService(
        new AgentVerifier(
            chain,
            contracts.identityRegistry(),
            registrations(settings.ipfsGateway(), Set.of()),
            resolver));
  }

  void read(FileSettings settings, MeterRegistry metrics) {
    read(settings, Set.of(), metrics);
  }

  /**
   * Begins to read, which the lifecycle ends.
   *
   * @param developmentOrigins may be read from although they are on no public internet
   */
  public void read(FileSettings settings, Set<String> developmentOrigins, MeterRegistry metrics) {
    GuardedFetcher fetcher =
        lifecycle.start(() -> new GuardedFetcher(FileSource.policy(developmentOrigins)));
    lifecycle.start(
        () ->
            ReferencedFiles.start(
                database,
                chain,
                new FileSource(fetcher, settings.ipfsGateway()),
                settings.paymentTokens(chain.chainId()),
                InstantSource.system(),
                metrics));
  }
}
