package org.earnest.payments.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Stores what must be stored although its request's time may be over: on a thread that nobody
 * interrupts, as a database refuses one that is.
 */
final class Uninterrupted {
  private Uninterrupted() {}

  static void run(Runnable step) {
    CompletableFuture<Void> done = CompletableFuture.runAsync(step, Thread::startVirtualThread);
    var unused = result(done);
  }

  static <T> T get(Supplier<T> step) {
    return result(CompletableFuture.supplyAsync(step, Thread::startVirtualThread));
  }

  private static <T> T result(CompletableFuture<T> done) {
    try {
      return done.join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
  }
}
