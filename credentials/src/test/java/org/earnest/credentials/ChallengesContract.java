package org.earnest.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earnest.credentials.Challenges.Use;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import org.junit.jupiter.api.Test;

/** What holds for challenges wherever they are kept. */
public abstract class ChallengesContract {
  /** Longer than any test takes. */
  protected static final Duration LIFETIME = Duration.ofHours(1);

  private static final int AT_ONCE = 8;

  protected abstract Challenges challenges();

  /** One that made none of the others'. */
  protected abstract Challenges stranger();

  /** That are kept at once where few are allowed. */
  protected abstract Challenges ofAtMost(int used);

  /** Lets the time pass that those were good for which are used. */
  protected abstract void endAllThatAreUsed();

  @Test
  void countsOnceUntilItsEnd() {
    String challenge = challenges().create(LIFETIME);
    assertThat(challenge).startsWith(Challenges.PREFIX);
    assertThat(challenges().consume(challenge)).isEqualTo(Use.USED);
    assertThat(challenges().consume(challenge)).isEqualTo(Use.REFUSED);
    assertThat(challenges().consume(challenges().create(Duration.ZERO))).isEqualTo(Use.REFUSED);
  }

  @Test
  void countsOnlyWhereItWasMade() {
    String challenge = challenges().create(LIFETIME);
    assertThat(stranger().consume(challenge)).isEqualTo(Use.REFUSED);
    assertThat(
            List.of(
                challenge + "A",
                challenge.replace('.', ','),
                Challenges.PREFIX + "AAAA.AAAA",
                Challenges.PREFIX + "%.",
                ""))
        .allSatisfy(other -> assertThat(challenges().consume(other)).isEqualTo(Use.REFUSED));
  }

  @Test
  void takesNoRoomForWhatIsNotUsed() {
    Challenges few = ofAtMost(3);
    String first = few.create(LIFETIME);
    for (int i = 0; i < 10; i++) {
      few.create(LIFETIME);
    }
    assertThat(few.consume(first)).isEqualTo(Use.USED);
  }

  @Test
  void saysThatItIsFullAndForgetsWhatHasEnded() {
    Challenges few = ofAtMost(3);
    String used = few.create(LIFETIME);
    assertThat(few.consume(used)).isEqualTo(Use.USED);
    for (int i = 1; i < 3; i++) {
      assertThat(few.consume(few.create(LIFETIME))).isEqualTo(Use.USED);
    }
    String waits = few.create(LIFETIME.multipliedBy(2));
    assertThat(few.consume(waits)).isEqualTo(Use.FULL);
    assertThat(few.consume(used)).as("used is used").isEqualTo(Use.REFUSED);
    assertThatThrownBy(() -> few.require(waits))
        .isInstanceOfSatisfying(
            InvalidCredentialException.class,
            full -> {
              assertThat(full.refusal()).isEqualTo(CredentialRefusal.CHALLENGES_FULL);
              assertThat(full.refusal().retryable()).isTrue();
            });
    endAllThatAreUsed();
    assertThat(few.consume(waits)).isEqualTo(Use.USED);
  }

  @Test
  void oneOfManyAtOnceUsesItUp() throws Exception {
    String challenge = challenges().create(LIFETIME);
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      Callable<Use> use = () -> challenges().consume(challenge);
      int won = 0;
      for (Future<Use> one : threads.invokeAll(Collections.nCopies(AT_ONCE, use))) {
        won += one.get() == Use.USED ? 1 : 0;
      }
      assertThat(won).isOne();
    }
  }
}
