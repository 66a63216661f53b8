package org.earnest.bindings.submission;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A fact of the chain that is good for a moment. Those who find it too old at once each ask for
 * themselves, so that nobody waits for another's time-out.
 */
final class Recent<T> {
  private record Answer<T>(T value, long askedAt) {}

  private final Supplier<T> question;
  private final long ageNanos;
  private final Ticks ticks;
  private final AtomicReference<@Nullable Answer<T>> last = new AtomicReference<>();

  Recent(Supplier<T> question, Duration age, Ticks ticks) {
    this.question = question;
    this.ageNanos = age.toNanos();
    this.ticks = ticks;
  }

  /** As it was within that age. */
  T recent() {
    Answer<T> answer = last.get();
    return answer != null && ticks.nanos() - answer.askedAt() < ageNanos ? answer.value() : now();
  }

  /** Asked now. */
  T now() {
    long askedAt = ticks.nanos();
    T value = question.get();
    last.set(new Answer<>(value, askedAt));
    return value;
  }
}
