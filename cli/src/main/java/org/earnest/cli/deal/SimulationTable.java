package org.earnest.cli.deal;

import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What terms come to, for a person who is about to sign them. */
public final class SimulationTable {
  private static final String NOBODY = "-";
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final Outcome outcome;
  private final Coins coins;

  /**
   * In atomic units, or in whole coins.
   *
   * @param decimals the token's; empty for atomic units
   */
  public SimulationTable(Outcome outcome, OptionalInt decimals) {
    this.outcome = outcome;
    this.coins = new Coins(decimals, outcome.paths().stream().flatMap(SimulationTable::sums));
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
    lines.add(
        "Who gets what, in " + coins.unit() + " of the token " + outcome.terms().head().token());
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
    head.addAll(List.of("in all", "penalty", "bonds lost", "ends (UTC)", "retainer to"));
    rows.add(head);
    PathResult first = outcome.paths().getFirst();
    rows.add(row("(puts in)", first.putIn(), List.of("", "", "", "")));
    for (PathResult result : outcome.paths()) {
      rows.add(
          row(
              result.path().id(),
              result.gets(),
              List.of(
                  coins.text(result.penalties()),
                  coins.text(result.bondsToClient()),
                  SECOND.format(Instant.ofEpochSecond(result.ended())),
                  retainerTo(result))));
    }
    return rows;
  }

  private List<String> row(String name, Map<String, BigInteger> sums, List<String> more) {
    List<String> row = new ArrayList<>(List.of(name));
    outcome
        .parties()
        .forEach(party -> row.add(coins.text(sums.getOrDefault(party.name(), BigInteger.ZERO))));
    row.add(coins.text(PathResult.sum(sums.values())));
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

  private static Stream<BigInteger> sums(PathResult result) {
    return Stream.of(
            result.putIn().values(),
            result.gets().values(),
            List.of(result.penalties(), result.bondsToClient()))
        .flatMap(Collection::stream);
  }
}
