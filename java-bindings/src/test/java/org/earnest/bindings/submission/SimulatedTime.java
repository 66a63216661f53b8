package org.earnest.bindings.submission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on only when somebody sleeps or the test says so. */
final class SimulatedTime implements Ticks, InstantSource {
  private long nanos;

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public void sleep(Duration time) {
    pass(time);
  }

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(nanos);
  }
}
