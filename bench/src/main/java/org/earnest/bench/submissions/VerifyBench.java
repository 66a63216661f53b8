package org.earnest.bench.submissions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.earnest.bench.engine.Percentiles;
import org.earnest.bindings.crypto.LocalSigner;

/**
 * How many good payments a facilitator verifies, and what processor time its process takes for
 * that.
 */
final class VerifyBench {
  /** For each settlement that is asked for so many, as one takes a fraction of its time. */
  private static final int OURS = 20;

  private static final int THEIRS = 150;
  private static final int WARM_UP_CONCURRENCY = 8;

  /** Payments of warming up that are told together. */
  private static final int PART = 10_000;

  /** The part of it that is repeated at each concurrency. */
  private static final int AGAIN = 4;

  private static final int DISTINCT = 100;
  private static final double MILLISECOND = 1e6;
  private static final double SECOND = 1e9;

  private final Buyer buyer;
  private final BenchPlan plan;
  private final Consumer<String> say;

  VerifyBench(Buyer buyer, BenchPlan plan, Consumer<String> say) {
    this.buyer = buyer;
    this.plan = plan;
    this.say = say;
  }

  /** One round. Processor time is milliseconds for each. */
  private record Round(int asked, int good, double perSecond, double cpu, Percentiles waits) {}

  /** The figures of each contender at each concurrency. */
  List<Map<String, Object>> run(List<Facilitated> contenders) {
    List<byte[]> payments =
        IntStream.range(0, DISTINCT)
            .mapToObj(any -> buyer.payment(LocalSigner.random().address()))
            .toList();
    contenders.forEach(one -> warmUp(one, payments, WARM_UP_CONCURRENCY, warmUpSize(one)));
    // Other paths are taken then, and compiled code is thrown away.
    for (int concurrency : plan.concurrencies()) {
      contenders.forEach(one -> warmUp(one, payments, concurrency, warmUpSize(one) / AGAIN));
    }
    say.accept("verify: good payments, CPU of the facilitator's process in ms each");
    say.accept(
        "%4s  %-9s %11s %8s %8s %8s %8s %8s %8s"
            .formatted("at", "who", "good", "min/s", "median/s", "max/s", "cpu ms", "p50", "p99"));
    List<Map<String, Object>> figures = new ArrayList<>();
    for (int concurrency : plan.concurrencies()) {
      figures.addAll(at(concurrency, contenders, payments));
    }
    return figures;
  }

  private int warmUpSize(Facilitated one) {
    return isOurs(one) ? OURS * plan.warmUp() : THEIRS;
  }

  /** Told as it goes: how long a process goes on compiling is part of what it costs. */
  private void warmUp(Facilitated one, List<byte[]> payments, int concurrency, int whole) {
    for (int done = 0; done < whole; done += PART) {
      int part = Math.min(PART, whole - done);
      Round round = round(one, payments, part, concurrency);
      say.accept(
          "warming %s, %d at once: %.3f ms of CPU each after %d, %.0f/s"
              .formatted(one.name(), concurrency, round.cpu(), done + part, round.perSecond()));
    }
  }

  private List<Map<String, Object>> at(
      int concurrency, List<Facilitated> contenders, List<byte[]> payments) {
    Map<Facilitated, List<Round>> rounds = new HashMap<>();
    for (int round = 0; round < plan.rounds(); round++) {
      for (Facilitated one : contenders) {
        rounds
            .computeIfAbsent(one, any -> new ArrayList<>())
            .add(round(one, payments, count(one), concurrency));
      }
    }
    return contenders.stream()
        .map(one -> figures(one, concurrency, rounds.getOrDefault(one, List.of())))
        .toList();
  }

  private Map<String, Object> figures(Facilitated one, int concurrency, List<Round> rounds) {
    Round middle = median(rounds);
    int asked = rounds.stream().mapToInt(Round::asked).sum();
    int good = rounds.stream().mapToInt(Round::good).sum();
    double least = rounds.stream().mapToDouble(Round::perSecond).min().orElse(0);
    double most = rounds.stream().mapToDouble(Round::perSecond).max().orElse(0);
    say.accept(
        "%4d  %-9s %5d/%-5d %8.0f %8.0f %8.0f %8.3f %8.2f %8.2f"
            .formatted(
                concurrency,
                one.name(),
                good,
                asked,
                least,
                middle.perSecond(),
                most,
                middle.cpu(),
                millis(middle.waits().p50()),
                millis(middle.waits().p99())));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("contender", one.name());
    figures.put("concurrency", concurrency);
    figures.put("asked", asked);
    figures.put("good", good);
    figures.put("perSecond", middle.perSecond());
    figures.put("cpuMillis", middle.cpu());
    figures.put("p50Millis", millis(middle.waits().p50()));
    figures.put("p99Millis", millis(middle.waits().p99()));
    return figures;
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / MILLISECOND;
  }

  private static Round median(List<Round> rounds) {
    return rounds.stream()
        .sorted(Comparator.comparingDouble(Round::perSecond))
        .toList()
        .get((rounds.size() - 1) / 2);
  }

  private int count(Facilitated one) {
    return isOurs(one) ? OURS * plan.count() : THEIRS;
  }

  private static boolean isOurs(Facilitated one) {
    return one.name().equals(Engine.NAME);
  }

  private static Round round(Facilitated one, List<byte[]> payments, int count, int concurrency) {
    AtomicInteger next = new AtomicInteger();
    Collection<Duration> waits = new ConcurrentLinkedQueue<>();
    Callable<Integer> worker = () -> work(one, payments, count, next, waits);
    try (ExecutorService threads = Executors.newFixedThreadPool(concurrency)) {
      Cpu before = Cpu.now();
      long start = System.nanoTime();
      int good = 0;
      for (Future<Integer> part :
          threads.invokeAll(Stream.generate(() -> worker).limit(concurrency).toList())) {
        good += part.get();
      }
      long nanos = System.nanoTime() - start;
      Cpu cpu = Cpu.now().since(before);
      return new Round(
          count,
          good,
          good / (nanos / SECOND),
          (isOurs(one) ? cpu.facilitator() : cpu.peer()) / MILLISECOND / count,
          Percentiles.of(waits));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a contender failed: " + e.getCause(), e.getCause());
    }
  }

  private static int work(
      Facilitated one,
      List<byte[]> payments,
      int count,
      AtomicInteger next,
      Collection<Duration> waits) {
    int good = 0;
    for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
      long start = System.nanoTime();
      if (one.verifies(payments.get(number % payments.size()))) {
        good++;
      }
      waits.add(Duration.ofNanos(System.nanoTime() - start));
    }
    return good;
  }
}
