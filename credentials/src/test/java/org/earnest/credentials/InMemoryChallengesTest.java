package org.earnest.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class InMemoryChallengesTest extends ChallengesContract {
  private Instant now = CredentialFixture.NOW;
  private final InstantSource clock = () -> now;
  private final InMemoryChallenges challenges = new InMemoryChallenges(clock);

  @Override
  protected Challenges challenges() {
    return challenges;
  }

  @Override
  protected Challenges stranger() {
    return new InMemoryChallenges(clock);
  }

  @Override
  protected Challenges ofAtMost(int used) {
    return new InMemoryChallenges(used, clock);
  }

  @Override
  protected void endAllThatAreUsed() {
    now = now.plus(LIFETIME);
  }

  @Test
  void itIsGoodUntilItsEnd() {
    String first = challenges.create(LIFETIME);
    String second = challenges.create(LIFETIME);
    now = now.plus(LIFETIME).minus(Duration.ofMillis(1));
    assertThat(challenges.consume(first)).isEqualTo(Challenges.Use.USED);
    now = now.plus(Duration.ofMillis(1));
    assertThat(challenges.consume(second)).isEqualTo(Challenges.Use.REFUSED);
  }
}
