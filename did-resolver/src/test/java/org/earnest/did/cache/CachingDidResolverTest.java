package org.earnest.did.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.DidVersion;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.did.CompositeDidResolver;
import org.earnest.did.DidMethod;
import org.earnest.did.Lifetime;
import org.earnest.did.key.KeyDidMethod;
import org.earnest.testkit.identity.DidResolverContract;
import org.junit.jupiter.api.Test;

class CachingDidResolverTest extends DidResolverContract {
  private static final Did DID = new Did("did:example:1");
  private static final int CROWD = 10_000;

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private Lifetime lifetime = new Lifetime.For(Duration.ofMinutes(5));
  private Supplier<DidResolution> answer = CachingDidResolverTest::document;
  private final DidResolver resolver =
      new CachingDidResolver(
          new CompositeDidResolver(List.of(new KeyDidMethod(), new Counted())), nanos::get);

  /** Counts how often it is asked. */
  private final class Counted implements DidMethod {
    @Override
    public String name() {
      return "example";
    }

    @Override
    public boolean hasVersions() {
      return true;
    }

    @Override
    public DidResolution resolve(Did did, ResolutionOptions options) {
      asked.incrementAndGet();
      return answer.get();
    }

    @Override
    public Lifetime lifetime(Did did) {
      return lifetime;
    }
  }

  private static DidResolution document() {
    return new DidResolution.Resolved(
        new DidDocument(DID, Set.of(), List.of(), Map.of(), List.of()));
  }

  @Override
  protected DidResolver resolver() {
    return resolver;
  }

  @Override
  protected Did known() {
    return new Did("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK");
  }

  private int askedAfter(int times) {
    for (int i = 0; i < times; i++) {
      resolver.resolve(DID);
    }
    return asked.get();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aCrowdAsksOnce() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    answer =
        () -> {
          try {
            open.await();
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
          return document();
        };
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch arrived = new CountDownLatch(CROWD);
      List<Future<DidResolution>> answers =
          IntStream.range(0, CROWD)
              .mapToObj(
                  i ->
                      crowd.submit(
                          () -> {
                            arrived.countDown();
                            return resolver.resolve(DID);
                          }))
              .toList();
      arrived.await();
      open.countDown();
      for (Future<DidResolution> one : answers) {
        assertThat(one.get()).isEqualTo(document());
      }
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void anAnswerIsRememberedForItsTime() {
    assertThat(askedAfter(3)).isEqualTo(1);
    pass(Duration.ofMinutes(5).plusSeconds(1));
    assertThat(askedAfter(3)).isEqualTo(2);
  }

  @Test
  void aRefusalIsForgottenSoonAndABreakdownAtOnce() {
    answer = () -> new DidResolution.Refused(ErrorType.NOT_FOUND, "");
    assertThat(askedAfter(3)).isEqualTo(1);
    pass(CachingDidResolver.REFUSAL_LIFETIME.plusSeconds(1));
    assertThat(askedAfter(1)).isEqualTo(2);
    pass(CachingDidResolver.REFUSAL_LIFETIME.plusSeconds(1));
    answer = () -> new DidResolution.Refused(ErrorType.INTERNAL_ERROR, "");
    assertThat(askedAfter(3)).isEqualTo(5);
  }

  @Test
  void eachBlockAndEachForkIsAnotherQuestion() {
    lifetime = new Lifetime.While("block 1", Duration.ofSeconds(10));
    assertThat(askedAfter(2)).isEqualTo(1);
    lifetime = new Lifetime.While("block 2", Duration.ofSeconds(10));
    assertThat(askedAfter(2)).isEqualTo(2);
    lifetime = new Lifetime.While("block 2 of another fork", Duration.ofSeconds(10));
    assertThat(askedAfter(2)).isEqualTo(3);
    pass(Duration.ofSeconds(11));
    assertThat(askedAfter(2)).isEqualTo(4);
  }

  @Test
  void whatWasReadWhileTheChainMovedOnIsNotRemembered() {
    lifetime = new Lifetime.While("block 1", Duration.ofSeconds(10));
    answer =
        () -> {
          lifetime = new Lifetime.While("block 2", Duration.ofSeconds(10));
          return document();
        };
    resolver.resolve(DID);
    lifetime = new Lifetime.While("block 1", Duration.ofSeconds(10));
    answer = CachingDidResolverTest::document;
    assertThat(askedAfter(2)).isEqualTo(2);
  }

  @Test
  void anUnknownStateIsAskedEachTime() {
    lifetime = new Lifetime.Never();
    assertThat(askedAfter(3)).isEqualTo(3);
  }

  @Test
  void versionsAreQuestionsOfTheirOwn() {
    ResolutionOptions first = ResolutionOptions.of(new DidVersion.Id("1"));
    resolver.resolve(DID, first);
    resolver.resolve(DID, first);
    assertThat(askedAfter(2)).isEqualTo(2);
  }

  @Test
  void askedAnewTheAnswerIsNewForTheOthersToo() {
    assertThat(askedAfter(1)).isEqualTo(1);
    answer = () -> new DidResolution.Refused(ErrorType.NOT_FOUND, "gone");
    assertThat(resolver.resolve(DID, ResolutionOptions.NONE.withoutCache()))
        .isInstanceOf(DidResolution.Refused.class);
    assertThat(resolver.resolve(DID)).isInstanceOf(DidResolution.Refused.class);
    assertThat(asked).hasValue(2);
  }

  @Test
  void nobodyWaitsForABugAndNothingOfItStays() {
    answer =
        () -> {
          throw new IllegalStateException("a bug");
        };
    assertThatThrownBy(() -> resolver.resolve(DID)).isInstanceOf(IllegalStateException.class);
    answer = CachingDidResolverTest::document;
    assertThat(resolver.resolve(DID)).isEqualTo(document());
  }
}
