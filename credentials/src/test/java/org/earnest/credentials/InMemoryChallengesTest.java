package org.earnest.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemoryChallengesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(300);

  private final InMemoryChallenges challenges = new InMemoryChallenges();

  @Test
  void countsOnceUntilItsEnd() {
    String challenge = challenges.create(LATER);
    assertThat(challenge).startsWith(Challenges.PREFIX);
    assertThat(challenges.consume(challenge, LATER)).isFalse();
    assertThat(challenges.consume(challenge, NOW)).isTrue();
    assertThat(challenges.consume(challenge, NOW)).isFalse();
  }

  @Test
  void countsOnlyWhereItWasMade() {
    String challenge = challenges.create(LATER);
    assertThat(new InMemoryChallenges().consume(challenge, NOW)).isFalse();
    assertThat(challenges.consume(challenge + "A", NOW)).isFalse();
    assertThat(challenges.consume(challenge.replace('.', ','), NOW)).isFalse();
    assertThat(challenges.consume(Challenges.PREFIX + "AAAA.AAAA", NOW)).isFalse();
    assertThat(challenges.consume(Challenges.PREFIX + "%.", NOW)).isFalse();
    assertThat(challenges.consume("", NOW)).isFalse();
  }

  @Test
  void takesNoRoomForWhatIsNotUsed() {
    String first = challenges.create(LATER);
    for (int i = 0; i <= InMemoryChallenges.MAX_USED; i++) {
      challenges.create(LATER);
    }
    assertThat(challenges.consume(first, NOW)).isTrue();
  }

  @Test
  void forgetsWhatHasExpiredWhenItIsFull() {
    for (int i = 0; i < InMemoryChallenges.MAX_USED; i++) {
      assertThat(challenges.consume(challenges.create(LATER), NOW)).isTrue();
    }
    assertThat(challenges.consume(challenges.create(LATER), NOW)).isFalse();
    assertThat(challenges.consume(challenges.create(LATER.plusSeconds(60)), LATER)).isTrue();
  }
}
