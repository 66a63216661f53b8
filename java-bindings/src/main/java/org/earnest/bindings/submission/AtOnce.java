package org.earnest.bindings.submission;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does the same with several things at once. */
final class AtOnce {
  private AtOnce() {}

  /**
   * Waits for all. An interrupt is passed on to each.
   *
   * @throws RuntimeException the first, in the order of the things
   */
  static <T, R> List<R> each(List<T> things, Function<T, R> what) {
    if (things.size() < 2) {
      return things.stream().map(what).toList();
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<R>> begun =
          things.stream().map(thing -> threads.submit(() -> what.apply(thing))).toList();
      return begun.stream().map(one -> result(one, threads)).toList();
    }
  }

  private static <R> R result(Future<R> one, ExecutorService threads) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return one.get();
        } catch (InterruptedException e) {
          interrupted = true;
          threads.shutdownNow();
        }
      }
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What a task without checked exceptions has thrown, to be thrown again. */
  static RuntimeException unwrapped(ExecutionException failed) {
    Throwable cause = failed.getCause();
    if (cause instanceof Error bug) {
      throw bug;
    }
    return cause instanceof RuntimeException failure
        ? failure
        : new IllegalStateException("no function throws this", failed);
  }
}
