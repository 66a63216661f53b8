package org.earnest.did.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.DidVersion;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.did.CompositeDidResolver;
import org.earnest.did.Lifetime;

/**
 * Remembers answers as long as their method allows, and has each question asked once however many
 * ask it. An answer of a chain is remembered for one block of one fork: the next block, or another
 * fork, is another question.
 */
public final class CachingDidResolver implements DidResolver {
  /** Characters of all remembered documents together, about. */
  static final long MAX_WEIGHT = 64L * 1024 * 1024;

  /** What an answer takes besides its document. */
  private static final int BASE_WEIGHT = 2 * 1024;

  /** Refusals may be somebody's mistake that is mended at once. */
  static final Duration REFUSAL_LIFETIME = Duration.ofSeconds(5);

  private final CompositeDidResolver resolver;
  private final AsyncCache<Question, Answer> answers;

  public CachingDidResolver(CompositeDidResolver resolver) {
    this(resolver, Ticker.systemTicker());
  }

  CachingDidResolver(CompositeDidResolver resolver, Ticker ticker) {
    this.resolver = resolver;
    this.answers =
        Caffeine.newBuilder()
            .ticker(ticker)
            .maximumWeight(MAX_WEIGHT)
            .weigher((Question question, Answer answer) -> answer.weight())
            .expireAfter(Expiry.creating((Question question, Answer answer) -> answer.lifetime()))
            .buildAsync();
  }

  /** What is asked: the state is that of a chain, and equal for ever without one. */
  private record Question(Did did, Optional<DidVersion> version, Object state) {}

  private record Answer(DidResolution resolution, Duration lifetime) {
    int weight() {
      return BASE_WEIGHT
          + switch (resolution) {
            case DidResolution.Resolved resolved ->
                resolved.published().map(String::length).orElse(0);
            case DidResolution.Refused refused -> refused.detail().length();
          };
    }
  }

  @Override
  public DidResolution resolve(Did did, ResolutionOptions options) {
    Lifetime lifetime = resolver.lifetime(did);
    return switch (lifetime) {
      case Lifetime.Never never -> resolver.resolve(did, options);
      case Lifetime.Endless endless -> resolve(did, options, lifetime, "");
      case Lifetime.For until -> resolve(did, options, lifetime, "");
      case Lifetime.While same -> resolve(did, options, lifetime, same.state());
    };
  }

  private DidResolution resolve(
      Did did, ResolutionOptions options, Lifetime lifetime, Object state) {
    Question question = new Question(did, options.version(), state);
    CompletableFuture<Answer> ours = new CompletableFuture<>();
    if (options.noCache()) {
      Answer answer = ask(did, options, lifetime);
      ours.complete(answer);
      answers.put(question, ours);
      return answer.resolution;
    }
    CompletableFuture<Answer> others = answers.asMap().putIfAbsent(question, ours);
    if (others != null) {
      return others.join().resolution;
    }
    try {
      Answer answer = ask(did, options, lifetime);
      ours.complete(answer);
      return answer.resolution;
    } catch (Throwable bug) {
      // Nobody may wait for ever, and nothing of it is remembered.
      ours.completeExceptionally(bug);
      throw bug;
    }
  }

  private Answer ask(Did did, ResolutionOptions options, Lifetime lifetime) {
    DidResolution resolution = resolver.resolve(did, options);
    return new Answer(
        resolution,
        switch (resolution) {
          case DidResolution.Resolved resolved -> atMost(resolved, lifetime(did, lifetime));
          case DidResolution.Refused refused ->
              refused.error() == ErrorType.INTERNAL_ERROR ? Duration.ZERO : REFUSAL_LIFETIME;
        });
  }

  /** A controller may want its document remembered for a shorter time (did:webvh's ttl). */
  private static Duration atMost(DidResolution.Resolved resolved, Duration lifetime) {
    return Optional.ofNullable(resolved.metadata().ofMethod().get("ttl"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .filter(ttl -> ttl.compareTo(lifetime) < 0)
        .orElse(lifetime);
  }

  private Duration lifetime(Did did, Lifetime before) {
    return switch (before) {
      case Lifetime.Endless endless -> Duration.ofDays(1);
      case Lifetime.For(Duration time) -> time;
      // Read while the chain moved on, it may be of the block after.
      case Lifetime.While same ->
          resolver.lifetime(did).equals(before) ? same.atMost() : Duration.ZERO;
      case Lifetime.Never never -> Duration.ZERO;
    };
  }
}
