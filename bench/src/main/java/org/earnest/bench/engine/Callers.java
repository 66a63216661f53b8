package org.earnest.bench.engine;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.TransactionSubmitter;

/** Threads that ask for what was ordered, each until it is told what became of it. */
final class Callers {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TransactionSubmitter submitter;
  private final Queue<Integer> asks;
  private final int threads;
  private final Work work;
  private final Words words;

  Callers(TransactionSubmitter submitter, Orders orders, List<Integer> asks, Words words) {
    this.submitter = submitter;
    this.asks = new ConcurrentLinkedQueue<>(asks);
    this.threads = orders.threads();
    this.work = orders.work();
    this.words = words;
  }

  void run() {
    List<Thread> callers =
        IntStream.range(0, threads)
            .mapToObj(i -> Thread.ofPlatform().name("caller-" + i).start(this::askOn))
            .toList();
    for (Thread caller : callers) {
      try {
        caller.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private void askOn() {
    Integer number = asks.poll();
    while (number != null) {
      ask(number);
      number = asks.poll();
    }
  }

  private void ask(int number) {
    while (true) {
      SubmissionOutcome outcome =
          Stubborn.insist(() -> submitter.submit(work.request(number), PATIENCE));
      switch (outcome) {
        case SubmissionOutcome.Settled settled -> {
          words.settled(number, settled);
          return;
        }
        case SubmissionOutcome.Rejected rejected -> {
          words.rejected(number, rejected);
          return;
        }
        case SubmissionOutcome.Pending pending -> {}
        case SubmissionOutcome.Unknown unknown -> {}
      }
    }
  }
}
