package org.earnest.credentials.custody;

import java.security.InvalidParameterException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.earnest.core.chain.SignerUnavailableException;

/**
 * Calls of a library that may never return and cannot be interrupted. Those that are not awaited
 * any longer keep their thread; once all threads are kept, further calls fail at once.
 */
final class PatientCalls implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int WAITING = 64;

  private final String whom;
  private final Duration timeout;
  private final ThreadPoolExecutor threads;

  PatientCalls(String whom, Duration timeout) {
    this.whom = whom;
    this.timeout = timeout;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("pkcs11-", 0).factory());
  }

  /**
   * What the call answers.
   *
   * @throws SignerUnavailableException when it fails or takes too long
   * @throws IllegalArgumentException as the call does
   */
  <T> T get(Callable<T> call) {
    Future<T> answer;
    try {
      answer = threads.submit(call);
    } catch (RejectedExecutionException full) {
      throw new SignerUnavailableException(whom + " has too much to do, or was closed", full);
    }
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new SignerUnavailableException(
          whom + " gave no answer within " + timeout.toMillis() + " ms", late);
    } catch (InterruptedException stopped) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new SignerUnavailableException("interrupted while asking " + whom, stopped);
    } catch (ExecutionException failed) {
      throw failure(failed.getCause() == null ? failed : failed.getCause());
    }
  }

  private RuntimeException failure(Throwable cause) {
    return cause instanceof IllegalArgumentException bug && !isProviders(bug)
        ? bug
        : new SignerUnavailableException(whom + " cannot be used: " + cause.getMessage(), cause);
  }

  /** What a provider throws for a configuration that does not suit it. */
  private static boolean isProviders(IllegalArgumentException thrown) {
    return thrown instanceof InvalidParameterException;
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
