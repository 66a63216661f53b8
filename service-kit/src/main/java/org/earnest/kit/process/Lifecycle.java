package org.earnest.kit.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns everything that a run starts, and closes it last first, once: on {@link #close}, on SIGINT,
 * SIGTERM and SIGHUP, and when the JVM exits for any other reason but a kill -9.
 *
 * <p>Starting and owning are one step under the shutdown hook's lock. A signal that arrives in the
 * middle of a start waits for it, then closes what it gave; so every start must end by itself in
 * bounded time.
 */
public final class Lifecycle implements AutoCloseable {
  /** How long what lies between two starts of a step is waited for; a start always is. */
  public static final Duration STEP_PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::closeOwned, "earnest-shutdown");
  private final ReentrantLock steps = new ReentrantLock();
  private volatile boolean closing;

  /** Registers the shutdown hook before anything can be started. */
  public Lifecycle() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      closing = true;
    }
  }

  /**
   * Starts a resource and owns it from then on.
   *
   * @throws CancellationException when the run is already shutting down; nothing was started
   */
  public synchronized <T extends AutoCloseable, E extends Exception> T start(Starter<T, E> starter)
      throws E {
    if (closing) {
      throw new CancellationException("shutting down");
    }
    T resource = starter.start();
    owned.push(resource);
    return resource;
  }

  /**
   * Does what needs several starts. A signal lets the current step come to its end, so that nothing
   * is closed under it; the next start then tells that the run is over. What lies between starts is
   * not waited for longer than {@link #STEP_PATIENCE}.
   */
  public <T> T inSteps(Supplier<T> work) {
    steps.lock();
    try {
      return work.get();
    } finally {
      steps.unlock();
    }
  }

  /** Waits until everything is closed. */
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }

  /**
   * The same for so long at most.
   *
   * @return whether everything is closed
   */
  public boolean awaitClosed(Duration patience) throws InterruptedException {
    return closed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Closes what is owned, last first. A failure to close one never keeps another open. */
  @Override
  public void close() {
    closeOwned();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      LOG.trace("the shutdown hook is running already");
    }
  }

  private void closeOwned() {
    closing = true;
    boolean between = awaitStep();
    try {
      closeAll();
    } finally {
      if (between) {
        steps.unlock();
      }
    }
  }

  private boolean awaitStep() {
    try {
      return steps.tryLock(STEP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized void closeAll() {
    while (!owned.isEmpty()) {
      closeQuietly(owned.pop());
    }
    closed.countDown();
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception | Error failure) {
      LOG.warn("could not close {}", resource.getClass().getSimpleName(), failure);
    }
  }

  /** Gives a running resource, or throws and leaves nothing behind. */
  @FunctionalInterface
  public interface Starter<T extends AutoCloseable, E extends Exception> {
    T start() throws E;
  }
}
