package org.earnest.kit.http;

import io.javalin.http.Handler;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who listens to streams of events: so many at once, and none when the host closes. */
final class Listeners implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final int most;
  private final Duration patience;
  private final Set<Thread> threads = new HashSet<>();
  private boolean closed;

  Listeners(int most, Duration patience) {
    this.most = most;
    this.patience = patience;
  }

  Handler around(EventStream stream) {
    return context -> {
      enter();
      try {
        stream.tell(context, EventSink.to(context, patience));
      } catch (IOException gone) {
        LOG.debug("a listener of {} went away: {}", context.path(), gone.getMessage());
      } catch (InterruptedException closing) {
        LOG.debug("the host closes; a listener of {} is let go", context.path());
      } catch (RuntimeException failure) {
        if (!context.res().isCommitted()) {
          throw failure;
        }
        // The listener connects again and goes on where it was.
        LOG.warn("a stream of {} broke off", context.path(), failure);
      } finally {
        leave();
      }
    };
  }

  private synchronized void enter() {
    if (closed || threads.size() >= most) {
      throw Problem.of(
              503,
              "too_many_listeners",
              "Too many listen already",
              "%d listeners are served at once. Try again later, or ask for what changed from time to time."
                  .formatted(most))
          .retry()
          .asException();
    }
    threads.add(Thread.currentThread());
  }

  private synchronized void leave() {
    threads.remove(Thread.currentThread());
    Thread.interrupted();
  }

  @Override
  public synchronized void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }
}
