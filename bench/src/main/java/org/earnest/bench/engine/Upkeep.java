package org.earnest.bench.engine;

import java.time.Duration;
import org.earnest.bindings.submission.JournaledTransactionSubmitter;

/** Reconciles now and then, as the host does: what is in a block becomes final by it. */
final class Upkeep {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private Upkeep() {}

  static void start(JournaledTransactionSubmitter submitter) {
    Thread.ofPlatform().daemon().name("upkeep").start(() -> tend(submitter));
  }

  private static void tend(JournaledTransactionSubmitter submitter) {
    while (true) {
      Stubborn.pause(INTERVAL);
      Stubborn.insist(submitter::reconcile);
    }
  }
}
