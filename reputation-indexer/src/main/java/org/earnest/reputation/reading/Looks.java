package org.earnest.reputation.reading;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

  private static final String NOBODY = "";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore free = new Semaphore(CONCURRENCY);

  /** With their hosts; those that ended too, as who asked before may not know it yet. */
  private final Map<Object, String> files = new HashMap<>();

  private final Set<Object> ended = new HashSet<>();
  private final Set<Object> failed = new HashSet<>();

  /** Hosts of which no more may be begun now; whoever asks what is due does it after this. */
  synchronized Collection<String> busy() {
    files.keySet().removeAll(ended);
    ended.clear();
    return full();
  }

  private Collection<String> full() {
    return files.values().stream()
        .filter(host -> !host.equals(NOBODY))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue() >= PER_HOST)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Begins one, once a thread is free.
   *
   * @param host empty where none is asked
   * @param look false when it failed, of which it has told
   * @return whether it did: not where the file is under way or failed, nor where the host has
   *     enough
   */
  boolean begin(Object file, String host, BooleanSupplier look) throws InterruptedException {
    if (!enter(file, host)) {
      return false;
    }
    free.acquire();
    threads.execute(
        () -> {
          boolean done = false;
          try {
            done = look.getAsBoolean();
          } finally {
            leave(file, done);
            free.release();
          }
        });
    return true;
  }

  private synchronized boolean enter(Object file, String host) {
    return !full().contains(host) && files.putIfAbsent(file, host) == null;
  }

  private synchronized void leave(Object file, boolean done) {
    files.put(file, NOBODY);
    (done ? ended : failed).add(file);
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
