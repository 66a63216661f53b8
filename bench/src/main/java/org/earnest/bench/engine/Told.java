package org.earnest.bench.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.earnest.bench.engine.Said.Rejected;
import org.earnest.bench.engine.Said.Settled;

/** What callers were told, against which ledger and chain are held at the end. */
public final class Told {
  private final Map<Integer, Settled> settled = new LinkedHashMap<>();
  private final Map<Integer, String> rejected = new LinkedHashMap<>();
  private final Set<Integer> changed = new TreeSet<>();

  /** A request's outcome; the same must be told whenever it is asked for again. */
  public void settled(Settled outcome) {
    Settled before = settled.putIfAbsent(outcome.number(), outcome);
    if (before != null && !before.equals(outcome)) {
      changed.add(outcome.number());
    }
  }

  public void rejected(Rejected outcome) {
    rejected.put(outcome.number(), outcome.reason());
  }

  public Set<Integer> settled() {
    return settled.keySet();
  }

  Map<Integer, Settled> outcomes() {
    return settled;
  }

  Map<Integer, String> rejections() {
    return rejected;
  }

  /** Requests of which first one thing and then another was told. */
  Set<Integer> changed() {
    return changed;
  }
}
