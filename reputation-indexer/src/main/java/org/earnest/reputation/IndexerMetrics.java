package org.earnest.reputation;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import java.util.function.Function;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.kit.follow.FollowFigures;
import org.earnest.kit.follow.FollowProgress;
import org.earnest.kit.follow.LogFollower;

/** A follower's figures as meters; -1 stands for what is not known yet. */
record IndexerMetrics(String service, Caip2ChainId chain, LogFollower follower)
    implements MeterBinder {
  private static final long UNKNOWN = -1;

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("earnest.indexer.lag", follower, it -> known(it.progress().lag()))
        .baseUnit("blocks")
        .description("Blocks behind the chain's head; -1 before the first look")
        .tags("service", service, "chain", chain.toString())
        .register(registry);
    gauge(
        registry,
        "earnest.indexer.lag.seconds",
        "What lies between the last block that is in and the chain's head, by their own times",
        FollowFigures::lagSeconds);
    gauge(registry, "earnest.indexer.block", "The last block that is in", FollowFigures::block);
    gauge(registry, "earnest.indexer.head", "The chain's newest block", FollowFigures::head);
    counter(registry, "earnest.indexer.events", "Logs that were taken in", FollowFigures::events);
    counter(
        registry,
        "earnest.indexer.reorganisations",
        "How often blocks were undone",
        FollowFigures::reorganisations);
    Gauge.builder("earnest.indexer.moving", follower, it -> moving(it.progress()))
        .description("1 while nothing keeps it from following, else 0")
        .tags("service", service, "chain", chain.toString())
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      String description,
      Function<FollowFigures, Optional<Long>> figure) {
    Gauge.builder(name, follower, it -> known(figure.apply(it.figures())))
        .description(description)
        .tags("service", service, "chain", chain.toString())
        .register(registry);
  }

  private void counter(
      MeterRegistry registry,
      String name,
      String description,
      Function<FollowFigures, Long> figure) {
    FunctionCounter.builder(name, follower, it -> figure.apply(it.figures()))
        .description(description)
        .tags("service", service, "chain", chain.toString())
        .register(registry);
  }

  private static double known(Optional<Long> figure) {
    return figure.orElse(UNKNOWN);
  }

  private static double moving(FollowProgress progress) {
    return progress.fault().isEmpty() ? 1 : 0;
  }
}
