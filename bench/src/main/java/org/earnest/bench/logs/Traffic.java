package org.earnest.bench.logs;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a node was asked and what it sent: what a metered one would charge for. */
public final class Traffic {
  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  void call(String method) {
    calls.computeIfAbsent(method, unseen -> new LongAdder()).increment();
  }

  long request() {
    return requests.incrementAndGet();
  }

  void sent(long length) {
    bytes.addAndGet(length);
  }

  /** HTTP requests; one may carry several calls. */
  public long requests() {
    return requests.get();
  }

  /** Of answers, without headers. */
  public long bytes() {
    return bytes.get();
  }

  /** How often each method was called. */
  public Map<String, Long> calls() {
    Map<String, Long> counted = new TreeMap<>();
    calls.forEach((method, count) -> counted.put(method, count.sum()));
    return counted;
  }
}
