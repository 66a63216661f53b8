package org.earnest.reputation.edge;

import java.time.Duration;
import java.util.function.Supplier;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.kit.follow.FollowProgress;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Readiness;
import org.earnest.kit.http.Routes;
import org.earnest.reputation.chain.FollowedContracts;
import org.earnest.reputation.store.BlockTimes;
import org.earnest.reputation.store.ReputationQueries;

/** Agents and their reputation over HTTP; every answer names the block that it holds for. */
public final class ReputationService implements HttpService {
  private final ReputationQueries queries;
  private final FollowedContracts contracts;
  private final BlockTimes times;
  private final Supplier<FollowProgress> progress;
  private final Duration heartbeat;

  public ReputationService(
      ReputationQueries queries,
      FollowedContracts contracts,
      BlockTimes times,
      Supplier<FollowProgress> progress) {
    this(queries, contracts, times, progress, StreamRoute.HEARTBEAT);
  }

  /**
   * The same with another heartbeat.
   *
   * @param heartbeat after which a listener that was told nothing is told the head
   */
  public ReputationService(
      ReputationQueries queries,
      FollowedContracts contracts,
      BlockTimes times,
      Supplier<FollowProgress> progress,
      Duration heartbeat) {
    this.times = times;
    this.heartbeat = heartbeat;
    this.queries = queries;
    this.contracts = contracts;
    this.progress = progress;
  }

  @Override
  public String name() {
    return "reputation-indexer";
  }

  @Override
  public String openApiResource() {
    return "openapi.json";
  }

  @Override
  public Readiness readiness() {
    return progress.get().readiness();
  }

  @Override
  public void routes(Routes routes) {
    Stamps stamps = new Stamps(progress);
    Caip10AccountId registry = contracts.registry();
    ValidationRoutes validations = new ValidationRoutes(queries, contracts, stamps);
    new AgentRoutes(queries, registry, validations, stamps).addTo(routes);
    validations.addTo(routes);
    new ReputationRoutes(queries, registry, times, stamps).addTo(routes);
    new BadgeRoute(queries, registry, stamps).addTo(routes);
    new StreamRoute(queries, registry, stamps, progress, heartbeat).addTo(routes);
  }
}
