package org.earnest.kit.http;

import io.javalin.http.Handler;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Interrupts a handler that takes too long, and answers for it. */
final class TimeBound implements AutoCloseable {
  private final Duration bound;
  private final ScheduledThreadPoolExecutor alarms =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("earnest-request-alarm").factory());

  TimeBound(Duration bound) {
    this.bound = bound;
    // Else each request's alarm would stay for as long as the longest may take.
    alarms.setRemoveOnCancelPolicy(true);
  }

  Handler around(Handler handler) {
    return context -> {
      Alarm alarm = new Alarm(Thread.currentThread());
      Future<?> pending = alarms.schedule(alarm::ring, bound.toMillis(), TimeUnit.MILLISECONDS);
      try {
        handler.handle(context);
      } catch (Exception failure) {
        throw alarm.end() ? timedOut(failure) : failure;
      } finally {
        pending.cancel(false);
        alarm.end();
      }
    };
  }

  private ProblemException timedOut(Exception cause) {
    ProblemException exception =
        Problem.of(
                503,
                "request_timeout",
                "The request took too long",
                "No answer within %d s. It is not known whether it took effect: ask for the result, or send the same request again."
                    .formatted(bound.toSeconds()))
            .retry()
            .asException();
    exception.addSuppressed(cause);
    return exception;
  }

  @Override
  public void close() {
    alarms.shutdownNow();
  }

  /** An interrupt must not arrive after its request: the thread may serve another by then. */
  private static final class Alarm {
    private final Thread thread;
    private boolean ended;
    private boolean rang;

    private Alarm(Thread thread) {
      this.thread = thread;
    }

    private synchronized void ring() {
      if (!ended) {
        rang = true;
        thread.interrupt();
      }
    }

    private synchronized boolean end() {
      if (!ended && rang) {
        Thread.interrupted();
      }
      ended = true;
      return rang;
    }
  }
}
