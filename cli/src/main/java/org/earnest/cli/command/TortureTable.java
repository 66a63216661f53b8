package org.earnest.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.earnest.bench.engine.Verdict;
import org.earnest.bench.torture.TortureReport;

/** A run's outcome for a person. */
final class TortureTable {
  private static final int MOST_DIFFERENCES = 20;

  private final TortureReport report;

  TortureTable(TortureReport report) {
    this.report = report;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    report.points().forEach((point, kills) -> lines.add(row("killed at " + point, kills)));
    lines.add(row("killed at a random instant", report.instants()));
    lines.add(row("killed late, tried again", report.late()));
    lines.add(row("kills", report.kills()));
    lines.add(row("  of them while reconciling", report.reconciling()));
    lines.add(row("submissions", report.verdict().requests()));
    lines.add(row("  asked for", report.asks()));
    lines.add(row("times that fees rose", report.feeRises()));
    lines.add(row("attempts replaced", report.verdict().replaced()));
    lines.add(row("transactions sent again", report.sentAgain()));
    lines.add(row("lost", report.verdict().lost()));
    lines.add(row("doubled", report.verdict().doubled()));
    lines.add(row("stuck longer than 60 s", report.stuck()));
    lines.add(row("recoveries", report.recovery().count()));
    lines.add(row("  that took several lives", report.recoveredRepeatedly()));
    lines.add(row("recovery p50, ms", report.recovery().p50().toMillis()));
    lines.add(row("recovery p99, ms", report.recovery().p99().toMillis()));
    lines.add(row("recovery longest, ms", report.recovery().max().toMillis()));
    lines.add(row("seed", report.seed()));
    lines.addAll(closing(report.verdict(), report.ok()));
    return lines;
  }

  static String row(String what, Object figure) {
    return "  %-34s %12s".formatted(what, figure);
  }

  static List<String> closing(Verdict verdict, boolean ok) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    verdict.differences().stream()
        .limit(MOST_DIFFERENCES)
        .forEach(difference -> lines.add("NOT OK: " + difference));
    lines.add(
        ok
            ? "Ledger and chain agree to the unit over %d transactions.".formatted(verdict.nonces())
            : "Not well: %d differences between ledger, chain and what callers were told."
                .formatted(verdict.differences().size()));
    return lines;
  }
}
