package org.earnest.reputation.reading;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks at files that are under way: so many at once, each file once, and few of one host, so that
 * one that is slow does not hold up the others.
 */
final class Looks implements AutoCloseable {
  /** Files that are fetched at once. */
  static final int CONCURRENCY = 8;

  /** Of them, of one host. */
  static final int PER_HOST = 2;

  /** The operator's own gateway, which is no stranger's host. */
  static final String GATEWAY = "ipfs";

  /** Files that are fetched at once through it. */
  static final int OF_GATEWAY = CONCURRENCY - PER_HOST;

  private static final String NOBODY = "";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore free = new Semaphore(CONCURRENCY);

  /** With their hosts; those that ended too, as who asked before may not know it yet. */
  private final Map<Object, String> files = new HashMap<>();

  private final Set<Object> ended = new HashSet<>();
  private final Set<Object> failed = new HashSet<>();

  /** Whether a place was freed since it was last asked which hosts are busy. */
  private boolean freed;

  /** Hosts of which no more may be begun now; whoever asks what is due does it after this. */
  synchronized Collection<String> busy() {
    files.keySet().removeAll(ended);
    ended.clear();
    freed = false;
    return full();
  }

  /**
   * Waits for a place to be free again.
   *
   * @return false where nothing is under way, nor ended since {@link #busy}
   */
  synchronized boolean awaitEnd(Duration longest) throws InterruptedException {
    long until = System.nanoTime() + longest.toNanos();
    long left = longest.toMillis();
    while (!freed && isUnderWay() && left > 0) {
      wait(left);
      left = Duration.ofNanos(until - System.nanoTime()).toMillis();
    }
    return freed || isUnderWay();
  }

  private boolean isUnderWay() {
    return files.size() > ended.size() + failed.size();
  }

  private Collection<String> full() {
    return files.values().stream()
        .filter(host -> !host.equals(NOBODY))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue() >= places(entry.getKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static int places(String host) {
    return host.equals(GATEWAY) ? OF_GATEWAY : PER_HOST;
  }

  /**
   * Begins one, once a thread is free.
   *
   * @param host empty where none is asked
   * @param look false when it failed, of which it has told
   * @return whether it did: not where the file is under way or failed, nor where the host has
   *     enough, nor after the close
   */
  boolean begin(Object file, String host, BooleanSupplier look) throws InterruptedException {
    if (!enter(file, host)) {
      return false;
    }
    free.acquire();
    try {
      threads.execute(() -> run(file, look));
      return true;
    } catch (RejectedExecutionException closed) {
      leave(file, false);
      free.release();
      return false;
    }
  }

  private void run(Object file, BooleanSupplier look) {
    boolean done = false;
    try {
      done = look.getAsBoolean();
    } finally {
      leave(file, done);
      free.release();
    }
  }

  private synchronized boolean enter(Object file, String host) {
    return !full().contains(host) && files.putIfAbsent(file, host) == null;
  }

  private synchronized void leave(Object file, boolean done) {
    files.put(file, NOBODY);
    (done ? ended : failed).add(file);
    freed = true;
    notifyAll();
  }

  /** What failed may be begun again. */
  synchronized void forgive() {
    files.keySet().removeAll(failed);
    failed.clear();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
