package org.earnest.bench.submissions;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** How often each kind of call was made, and how long its callers waited for it. */
final class Tally {
  static final String BACKGROUND = "background: ";

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  private final ThreadLocal<String> prefix = ThreadLocal.withInitial(() -> "");

  private record Entry(LongAdder calls, LongAdder nanos) {}

  /** So many calls took so long together. */
  record Sum(long calls, long nanos) {}

  <T> T time(String kind, Supplier<T> call) {
    long start = System.nanoTime();
    try {
      return call.get();
    } finally {
      Entry entry =
          entries.computeIfAbsent(
              prefix.get() + kind, unseen -> new Entry(new LongAdder(), new LongAdder()));
      entry.calls().increment();
      entry.nanos().add(System.nanoTime() - start);
    }
  }

  /** What this thread does from now on is nobody's wait. */
  void background() {
    prefix.set(BACKGROUND);
  }

  void clear() {
    entries.clear();
  }

  Map<String, Sum> sums() {
    Map<String, Sum> sums = new TreeMap<>();
    entries.forEach(
        (kind, entry) -> sums.put(kind, new Sum(entry.calls().sum(), entry.nanos().sum())));
    return sums;
  }
}
