package org.earnest.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What holds for challenges wherever they are kept. */
public abstract class ChallengesContract {
  protected static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  protected static final Instant LATER = NOW.plusSeconds(300);
  private static final int AT_ONCE = 8;

  protected abstract Challenges challenges();

  /** One that made none of the others'. */
  protected abstract Challenges stranger();

  /** That are kept at once where few are allowed. */
  protected abstract Challenges ofAtMost(int used);

  @Test
  void countsOnceUntilItsEnd() {
    String challenge = challenges().create(LATER);
    assertThat(challenge).startsWith(Challenges.PREFIX);
    assertThat(challenges().consume(challenge, LATER)).isFalse();
    assertThat(challenges().consume(challenge, NOW)).isTrue();
    assertThat(challenges().consume(challenge, NOW)).isFalse();
  }

  @Test
  void countsOnlyWhereItWasMade() {
    String challenge = challenges().create(LATER);
    assertThat(stranger().consume(challenge, NOW)).isFalse();
    assertThat(challenges().consume(challenge + "A", NOW)).isFalse();
    assertThat(challenges().consume(challenge.replace('.', ','), NOW)).isFalse();
    assertThat(challenges().consume(Challenges.PREFIX + "AAAA.AAAA", NOW)).isFalse();
    assertThat(challenges().consume(Challenges.PREFIX + "%.", NOW)).isFalse();
    assertThat(challenges().consume("", NOW)).isFalse();
  }

  @Test
  void takesNoRoomForWhatIsNotUsed() {
    Challenges few = ofAtMost(3);
    String first = few.create(LATER);
    for (int i = 0; i < 10; i++) {
      few.create(LATER);
    }
    assertThat(few.consume(first, NOW)).isTrue();
  }

  @Test
  void forgetsWhatHasExpiredWhenItIsFull() {
    Challenges few = ofAtMost(3);
    for (int i = 0; i < 3; i++) {
      assertThat(few.consume(few.create(LATER), NOW)).isTrue();
    }
    assertThat(few.consume(few.create(LATER), NOW)).isFalse();
    Instant muchLater = LATER.plusSeconds(3600);
    assertThat(few.consume(few.create(muchLater.plusSeconds(60)), muchLater)).isTrue();
  }

  @Test
  void oneOfManyAtOnceUsesItUp() throws Exception {
    String challenge = challenges().create(LATER);
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      Callable<Boolean> use = () -> challenges().consume(challenge, NOW);
      List<Future<Boolean>> uses = threads.invokeAll(java.util.Collections.nCopies(AT_ONCE, use));
      int won = 0;
      for (Future<Boolean> one : uses) {
        won += one.get() ? 1 : 0;
      }
      assertThat(won).isOne();
    }
  }
}
