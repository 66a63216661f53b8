package org.earnest.cli.deal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What terms come to, for a person who is about to sign them. */
public final class SimulationTable {
  private static final String NOBODY = "-";

  private final Outcome outcome;

  public SimulationTable(Outcome outcome) {
    this.outcome = outcome;
  }

  /** Lines to print. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "Played with the real contract on a throw-away chain. Test keys stood for the parties,");
    lines.add("and test money for the token; agents were left out, and the clock was moved.");
    lines.add("");
    lines.add("Who is who in the terms");
    outcome.parties().forEach(party -> lines.add("  " + party.address() + "  " + party.name()));
    lines.add("");
    lines.add("Who gets what, in atomic units of " + outcome.terms().head().token());
    lines.addAll(new Columns(rows()).lines());
    lines.add("");
    lines.add("What happens");
    outcome.paths().forEach(result -> lines.add("  " + result.path().id() + ": " + story(result)));
    if (!outcome.impossible().isEmpty()) {
      lines.add("");
      lines.add("What cannot happen under these terms");
      outcome.impossible().forEach(path -> lines.add("  " + path.path().id() + ": " + why(path)));
    }
    lines.add("");
    lines.addAll(closing());
    return lines;
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("path"));
    outcome.parties().forEach(party -> head.add(party.name()));
    head.addAll(List.of("penalty", "bonds lost", "retainer to"));
    rows.add(head);
    PathResult first = outcome.paths().getFirst();
    rows.add(row("(puts in)", first.putIn(), List.of("", "", "")));
    for (PathResult result : outcome.paths()) {
      rows.add(
          row(
              result.path().id(),
              result.gets(),
              List.of(
                  grouped(result.penalties()),
                  grouped(result.bondsToClient()),
                  retainerTo(result))));
    }
    return rows;
  }

  private List<String> row(String name, Map<String, BigInteger> sums, List<String> more) {
    List<String> row = new ArrayList<>(List.of(name));
    outcome
        .parties()
        .forEach(party -> row.add(grouped(sums.getOrDefault(party.name(), BigInteger.ZERO))));
    row.addAll(more);
    return row;
  }

  private static String retainerTo(PathResult result) {
    String names =
        result.legs().stream()
            .map(LegResult::retainerTo)
            .filter(name -> !name.isEmpty())
            .distinct()
            .collect(Collectors.joining(" and "));
    return names.isEmpty() ? NOBODY : names;
  }

  private static String story(PathResult result) {
    String exceptions =
        result.legs().stream()
            .filter(leg -> !leg.takes())
            .map(leg -> String.valueOf(leg.leg()))
            .collect(Collectors.joining(", "));
    return result.path().story()
        + (exceptions.isEmpty() ? "" : " (this cannot happen to leg " + exceptions + ": all well)");
  }

  private static String why(Impossible path) {
    return path.path().story() + " (" + String.join("; ", path.because()) + ")";
  }

  private List<String> closing() {
    if (outcome.ok()) {
      return List.of("On every path, what the parties get adds up to what was put in.");
    }
    return outcome.paths().stream()
        .filter(result -> !result.addsUp())
        .map(result -> "NOT OK: what the parties get does not add up: " + result.path().id())
        .toList();
  }

  private static String grouped(BigInteger sum) {
    return String.format(Locale.ROOT, "%,d", sum);
  }
}
