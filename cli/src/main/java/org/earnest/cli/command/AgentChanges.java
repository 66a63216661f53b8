package org.earnest.cli.command;

import static org.earnest.cli.command.Cells.printable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What changed between two looks at agents. */
final class AgentChanges {
  /** Where a look is at: how many reorganisations the index went through, and its last block. */
  record Place(long reorganisations, long block) {}

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

  private final Map<String, Map<String, String>> known = new HashMap<>();
  private Optional<Place> last = Optional.empty();

  /** Takes a look in; the first one changes nothing. */
  List<Change> since(Place now, Iterable<JsonNode> agents) {
    Optional<Place> before = last;
    last = Optional.of(now);
    List<Change> changes = new ArrayList<>(reorganisation(before, now));
    for (JsonNode agent : agents) {
      change(before, now, agent).ifPresent(changes::add);
      known.put(AgentTable.number(agent), figures(agent));
    }
    return before.isPresent() ? changes : List.of();
  }

  /** The one agent that is watched is no longer there. */
  List<Change> gone(Place now) {
    List<Change> changes = new ArrayList<>(reorganisation(last, now));
    last = Optional.of(now);
    known.keySet().forEach(agent -> changes.add(change("gone", now, agent, Map.of(), Map.of())));
    known.clear();
    return changes;
  }

  private static List<Change> reorganisation(Optional<Place> before, Place now) {
    return before.filter(it -> wentBack(it, now)).isEmpty()
        ? List.of()
        : List.of(new Change("reorganisation", now.block(), Optional.empty(), Map.of(), Map.of()));
  }

  private static Change change(
      String what, Place now, String agent, Map<String, String> before, Map<String, String> after) {
    return new Change(what, now.block(), Optional.of(agent), before, after);
  }

  private static boolean wentBack(Place before, Place now) {
    return now.reorganisations() > before.reorganisations() || now.block() < before.block();
  }

  private Optional<Change> change(Optional<Place> last, Place now, JsonNode agent) {
    String number = AgentTable.number(agent);
    Map<String, String> figures = figures(agent);
    Map<String, String> before = known.get(number);
    if (before == null) {
      long since = agent.path("registeredBlock").asLong(0);
      boolean isNew = last.filter(place -> since > place.block()).isPresent();
      return Optional.of(change(isNew ? "registered" : "active", now, number, Map.of(), figures));
    }
    Map<String, String> after = new LinkedHashMap<>(figures);
    after.entrySet().removeIf(it -> Objects.equals(before.get(it.getKey()), it.getValue()));
    return after.isEmpty()
        ? Optional.empty()
        : Optional.of(change("changed", now, number, changed(before, after), after));
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
