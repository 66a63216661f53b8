package org.earnest.bench.submissions;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.EvmAddress;

/** Runs rounds: so many threads send, one after another, until all were sent. */
final class Race {
  private final Ground ground;

  Race(Ground ground) {
    this.ground = ground;
  }

  Round run(Contender contender, Pace pace, int count, int concurrency) {
    EvmAddress to = LocalSigner.random().address();
    Contender.Sender sender = contender.ready(count, to);
    AtomicInteger next = new AtomicInteger();
    LongAdder waited = new LongAdder();
    Callable<Integer> worker = () -> work(sender, count, next, waited);
    try (ExecutorService threads = Executors.newFixedThreadPool(concurrency)) {
      ground.begin(pace);
      long sent = ground.transactions(contender.account());
      Cpu before = Cpu.now();
      long start = System.nanoTime();
      int succeeded =
          sum(threads.invokeAll(Stream.generate(() -> worker).limit(concurrency).toList()));
      long nanos = System.nanoTime() - start;
      Cpu cpu = Cpu.now().since(before);
      return new Round(
          count,
          succeeded,
          ground.balance(to),
          ground.transactions(contender.account()) - sent,
          nanos,
          waited.sum(),
          cpu,
          contender.calls());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static int work(
      Contender.Sender sender, int count, AtomicInteger next, LongAdder waited) {
    int succeeded = 0;
    for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
      long start = System.nanoTime();
      if (sender.send(number)) {
        succeeded++;
      }
      waited.add(System.nanoTime() - start);
    }
    return succeeded;
  }

  private static int sum(List<Future<Integer>> parts) throws InterruptedException {
    int sum = 0;
    for (Future<Integer> part : parts) {
      try {
        sum += part.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a contender failed: " + e.getCause(), e.getCause());
      }
    }
    return sum;
  }
}
