package org.earnest.bench.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.earnest.bench.engine.KillPoint;
import org.earnest.bench.engine.Said;
import org.earnest.bench.engine.Told;

/** What was seen of all lives. Instants are of {@link System#nanoTime}. */
final class Observations {
  private final Told told = new Told();
  private final Map<KillPoint, Integer> points = new EnumMap<>(KillPoint.class);
  private final Map<Integer, Long> askedAt = new HashMap<>();
  private final List<Duration> waits = new ArrayList<>();
  private final List<Duration> recoveries = new ArrayList<>();
  private OptionalLong killedAt = OptionalLong.empty();
  private int killsInARow;
  private int repeatedly;
  private int reconciling;
  private int asks;
  private int instants;
  private int late;

  void asked(Collection<Integer> numbers, long now) {
    asks += numbers.size();
    numbers.forEach(number -> askedAt.putIfAbsent(number, now));
  }

  void settled(Said.Settled settled, long now) {
    boolean first = !told.settled().contains(settled.number());
    told.settled(settled);
    Long asked = askedAt.get(settled.number());
    if (first && asked != null) {
      waits.add(Duration.ofNanos(now - asked));
    }
  }

  void rejected(Said.Rejected rejected) {
    told.rejected(rejected);
  }

  /** The first kill counts where a life was killed that had not recovered from the one before. */
  void killed(long now) {
    if (killedAt.isEmpty()) {
      killedAt = OptionalLong.of(now);
    }
    killsInARow++;
  }

  void reconciled(long now) {
    if (killedAt.isPresent()) {
      recoveries.add(Duration.ofNanos(now - killedAt.getAsLong()));
      repeatedly += killsInARow > 1 ? 1 : 0;
    }
    killedAt = OptionalLong.empty();
    killsInARow = 0;
  }

  void atPoint(Said.At at) {
    points.merge(at.point(), 1, Integer::sum);
    reconciling += at.reconciling() ? 1 : 0;
  }

  void atInstant() {
    instants++;
  }

  void cameLate() {
    late++;
  }

  Told told() {
    return told;
  }

  Map<KillPoint, Integer> points() {
    return points;
  }

  int reconciling() {
    return reconciling;
  }

  int asks() {
    return asks;
  }

  int instants() {
    return instants;
  }

  int late() {
    return late;
  }

  List<Duration> recoveries() {
    return recoveries;
  }

  /** How many of these took more than one life. */
  int recoveredRepeatedly() {
    return repeatedly;
  }

  /** How many waited longer than that, or wait still. */
  int waitedLongerThan(Duration limit) {
    int open = askedAt.size() - waits.size();
    return open + (int) waits.stream().filter(wait -> wait.compareTo(limit) > 0).count();
  }
}
