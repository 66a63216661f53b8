package org.earnest.cli.command;

import static org.earnest.cli.command.Cells.brief;
import static org.earnest.cli.command.Cells.printable;
import static org.earnest.cli.command.Cells.text;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Transactions for a person. */
final class TxTable {
  private static final String ROW = "%-12s %6s  %-11s  %-20s  %-66s  %s";
  private static final String FIELD = "  %-22s %s";
  private static final int SECONDS = "2026-01-01T00:00:00".length();

  private TxTable() {}

  static List<String> list(JsonNode page) {
    if (page.path("submissions").isEmpty()) {
      return List.of("There are none.");
    }
    List<String> lines = new ArrayList<>();
    lines.add(ROW.formatted("STATE", "NONCE", "SIGNER", "SINCE", "ID", "KEY"));
    page.path("submissions")
        .forEach(
            row ->
                lines.add(
                    ROW.formatted(
                        text(row, "state"),
                        row.path("transaction").path("nonce").asString("-"),
                        brief(signer(row)),
                        time(text(row, "changedAt")),
                        text(row, "id"),
                        printable(text(row, "key")))));
    if (page.has("next")) {
      lines.add("There are more: --cursor " + printable(text(page, "next")));
    }
    return lines;
  }

  static List<String> one(JsonNode submission) {
    List<String> lines = new ArrayList<>();
    for (String name : List.of("id", "chain", "key", "sender", "to", "value", "state")) {
      lines.add(FIELD.formatted(name, printable(text(submission, name))));
    }
    if (submission.has("inclusion")) {
      lines.add(FIELD.formatted("inclusion", text(submission, "inclusion")));
    }
    if (submission.has("carrier")) {
      JsonNode carrier = submission.path("carrier");
      lines.add(FIELD.formatted("carrier", printable(text(carrier, "id"))));
      lines.add(FIELD.formatted("index", printable(carrier.path("index").asString(""))));
    }
    if (submission.has("call")) {
      lines.add(FIELD.formatted("call", called(submission.path("call"))));
    }
    submission
        .path("transaction")
        .properties()
        .forEach(part -> lines.add(FIELD.formatted(part.getKey(), part.getValue().asString(""))));
    lines.add("");
    submission.path("history").forEach(step -> lines.add(step(step)));
    return lines;
  }

  private static String called(JsonNode call) {
    return call.path("succeeded").asBoolean(false)
        ? "succeeded"
        : "failed: " + printable(text(call, "code") + " " + text(call, "reason")).strip();
  }

  private static String step(JsonNode step) {
    StringBuilder line =
        new StringBuilder(
            "  %-20s  %-12s".formatted(time(text(step, "at")), printable(text(step, "state"))));
    for (String name : List.of("transactionHash", "blockNumber", "code", "reason", "carrier")) {
      if (step.has(name)) {
        line.append(
            switch (name) {
              case "blockNumber" -> "  block ";
              case "carrier" -> "  by ";
              default -> "  ";
            });
        line.append(printable(text(step, name)));
      }
    }
    return line.toString().stripTrailing();
  }

  private static String signer(JsonNode row) {
    return row.path("transaction").path("signer").asString(text(row, "sender"));
  }

  private static String time(String instant) {
    return instant.length() > SECONDS ? instant.substring(0, SECONDS) + "Z" : instant;
  }
}
