package org.earnest.bench.indexer;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One backfill.
 *
 * @param warm whether it had kept the chain's logs from a run before
 * @param latency of the node
 * @param events that were in its table when it said that it was ready
 * @param wall from the process's start until then
 * @param used by the process until then
 * @param databaseCpu of PostgreSQL until then
 * @param disk bytes of the database afterwards, an empty one's taken off, and of logs kept in files
 * @param requests that the node got until then
 * @param bytes that it answered
 * @param right whether everything was in the table in the end, once
 */
record IndexerRound(
    String who,
    boolean warm,
    Duration latency,
    long events,
    Duration wall,
    Used used,
    Duration databaseCpu,
    long disk,
    long requests,
    long bytes,
    boolean right) {
  private static final double THOUSAND = 1_000;
  private static final double NANOS = 1e9;
  private static final double MEGABYTE = 1e6;

  static final String HEAD =
      "who              start  latency ms   events       s  events/s  cpu s  db cpu s  RSS MB"
          + "  disk MB  requests/1000  kB/1000  right";

  double perSecond() {
    return events / (wall.toNanos() / NANOS);
  }

  double cpuSeconds() {
    return used.cpu().toMillis() / THOUSAND;
  }

  private double perThousand(long figure) {
    return figure * THOUSAND / Math.max(1, events);
  }

  String row() {
    return String.format(
        Locale.ROOT,
        "%-15s  %-5s  %10d  %7d  %6.2f  %8.0f  %5.1f  %8.1f  %6.0f  %7.0f  %13.2f  %7.0f  %s",
        who,
        warm ? "warm" : "cold",
        latency.toMillis(),
        events,
        wall.toNanos() / NANOS,
        perSecond(),
        cpuSeconds(),
        databaseCpu.toMillis() / THOUSAND,
        used.memory() / MEGABYTE,
        disk / MEGABYTE,
        perThousand(requests),
        perThousand(bytes) / THOUSAND,
        right ? "yes" : "NO");
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("who", who);
    figures.put("warm", warm);
    figures.put("latencyMs", latency.toMillis());
    figures.put("events", events);
    figures.put("wallMs", wall.toMillis());
    figures.put("eventsPerSecond", Math.round(perSecond()));
    figures.put("cpuMs", used.cpu().toMillis());
    figures.put("databaseCpuMs", databaseCpu.toMillis());
    figures.put("residentBytes", used.memory());
    figures.put("diskBytes", disk);
    figures.put("requests", requests);
    figures.put("bytes", bytes);
    figures.put("right", right);
    return figures;
  }
}
