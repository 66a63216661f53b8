package org.earnest.cli.command;

import static org.earnest.cli.command.Cells.printable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What changed of agents from one look at each to the next. */
final class AgentChanges {
  /** Agents whose figures are remembered; of the others nobody knows what they were. */
  static final int MOST_KNOWN = 10_000;

  /**
   * A change.
   *
   * @param what {@code reorganisation}, {@code registered}, {@code active} for one that was long
   *     silent, {@code changed} or {@code gone}
   * @param agent its number; empty for a reorganisation
   * @param before by the name of the figure, those that changed
   * @param after the same
   */
  record Change(
      String what,
      long block,
      Optional<String> agent,
      Map<String, String> before,
      Map<String, String> after) {
    /** For a person. */
    String line() {
      if (what.equals("reorganisation")) {
        return "block %d  REORGANISATION: blocks were taken back, and what they said with them"
            .formatted(block);
      }
      List<String> figures = new ArrayList<>();
      for (String name : new TreeSet<>(after.keySet())) {
        figures.add("%s %s -> %s".formatted(name, before.getOrDefault(name, "-"), after.get(name)));
      }
      return "block %d  agent %s  %s".formatted(block, agent.orElse("?"), what)
          + (figures.isEmpty() ? "" : "  " + String.join(", ", figures));
    }
  }

  /**
   * An agent as it was last seen.
   *
   * @param told the last block in which something of it was told to have changed; 0 for none
   */
  private record Known(Map<String, String> figures, long told) {}

  private final Map<String, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST_KNOWN;
        }
      };
  private long begun;

  /** Takes the first look in, which changes nothing. */
  void begin(long block, Iterable<JsonNode> agents) {
    begun = block;
    agents.forEach(agent -> known.put(id(agent), new Known(figures(agent), 0)));
  }

  static String id(JsonNode agent) {
    return agent.path("agentId").asString("");
  }

  /** All whose figures are known. */
  List<String> all() {
    return List.copyOf(known.keySet());
  }

  /** Blocks above this one were taken back. */
  Change reorganised(long block) {
    begun = Math.min(begun, block);
    return new Change("reorganisation", block, Optional.empty(), Map.of(), Map.of());
  }

  /** Agents of which something was told that came in a block above this one. */
  List<String> toldAbove(long block) {
    return known.entrySet().stream()
        .filter(it -> it.getValue().told() > block)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * What a look at an agent shows.
   *
   * @param told the block whose change made one look, 0 for none
   */
  Optional<Change> seen(long block, JsonNode agent, long told) {
    String id = id(agent);
    Map<String, String> figures = figures(agent);
    Optional<Known> before = Optional.ofNullable(known.get(id));
    known.put(id, new Known(figures, Math.max(told, before.map(Known::told).orElse(0L))));
    if (before.isEmpty()) {
      boolean isNew = agent.path("registeredBlock").asLong(0) > begun;
      return Optional.of(change(isNew ? "registered" : "active", block, id, Map.of(), figures));
    }
    Map<String, String> was = before.get().figures();
    Map<String, String> after = new LinkedHashMap<>(figures);
    after.entrySet().removeIf(it -> Objects.equals(was.get(it.getKey()), it.getValue()));
    return after.isEmpty()
        ? Optional.empty()
        : Optional.of(change("changed", block, id, changed(was, after), after));
  }

  /** An agent is no longer there, or was not there for those who look. */
  Optional<Change> gone(long block, String id) {
    return Optional.ofNullable(known.remove(id))
        .map(was -> change("gone", block, id, Map.of(), Map.of()));
  }

  private static Change change(
      String what, long block, String id, Map<String, String> before, Map<String, String> after) {
    return new Change(what, block, Optional.of(AgentTable.number(id)), before, after);
  }

  private static Map<String, String> changed(
      Map<String, String> before, Map<String, String> after) {
    Map<String, String> changed = new LinkedHashMap<>(before);
    changed.keySet().retainAll(after.keySet());
    return changed;
  }

  /** What can change of an agent; its last block would say so twice. */
  private static Map<String, String> figures(JsonNode agent) {
    Map<String, String> figures = new LinkedHashMap<>();
    for (String name : List.of("owner", "wallet", "uri", "epoch")) {
      figures.put(name, printable(agent.path(name).asString("-")));
    }
    agent.path("standing").properties().stream()
        .filter(it -> !it.getKey().equals("lastActiveBlock"))
        .forEach(it -> figures.put(printable(it.getKey()), printable(it.getValue().asString("-"))));
    return figures;
  }
}
