package org.earnest.cli.command;

import static org.earnest.cli.command.Cells.brief;
import static org.earnest.cli.command.Cells.printable;
import static org.earnest.cli.command.Cells.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Agents and feedback for a person. */
final class AgentTable {
  private static final String AGENT = "%8s  %-11s  %7s  %6s  %6s  %8s  %8s  %10s  %s";
  private static final String FEEDBACK = "%10s  %-10s  %-11s  %5s  %12s  %-24s  %-8s  %9s  %s";
  private static final String TOTAL = "  %-7s %-11s %10s %20s %7s %6s %6s";
  private static final int URI_WIDTH = 60;
  private static final int TAG_WIDTH = 24;

  /** As the contract bounds them; more is not written out. */
  private static final int MOST_DECIMALS = 18;

  private static final long UNTOLD = 0;
  private static final long SECONDS_OF_A_DAY = 86_400;
  private static final long YEAR_10000 = 253_402_300_800L;

  private AgentTable() {}

  static String agentHeading() {
    return AGENT.formatted(
        "AGENT",
        "OWNER",
        "SETTLED",
        "RATING",
        "MISSED",
        "FEEDBACK",
        "AVERAGE",
        "LAST BLOCK",
        "URI");
  }

  static String agentRow(JsonNode agent) {
    JsonNode standing = agent.path("standing");
    return AGENT.formatted(
        number(agent),
        brief(printable(text(agent, "owner"))),
        printable(standing.path("closed").asString("-")),
        printable(standing.path("averageRating").asString("-")),
        printable(standing.path("missed").asString("-")),
        printable(standing.path("feedbackCount").asString("-")),
        printable(standing.path("feedbackAverage").asString("-"), URI_WIDTH),
        printable(standing.path("lastActiveBlock").asString("-")),
        printable(text(agent, "uri"), URI_WIDTH));
  }

  static String feedbackHeading() {
    return FEEDBACK.formatted(
        "BLOCK", "DAY (UTC)", "CLIENT", "INDEX", "VALUE", "TAGS", "STATE", "RESPONSES", "URI");
  }

  static String feedbackRow(JsonNode entry) {
    String tags = (text(entry, "tag1") + " " + text(entry, "tag2")).strip();
    return FEEDBACK.formatted(
        printable(entry.path("blockNumber").asString("")),
        day(entry.path("time").asLong(UNTOLD)),
        brief(printable(text(entry, "client"))),
        printable(entry.path("index").asString("")),
        value(text(entry, "value"), entry.path("valueDecimals").asInt(0)),
        printable(tags, TAG_WIDTH),
        entry.path("revoked").asBoolean(false) ? "revoked" : "counts",
        printable(entry.path("responseCount").asString("-")),
        printable(text(entry, "uri"), URI_WIDTH));
  }

  /** How many there were, whether there are more, and the block that this holds for. */
  static List<String> end(int rows, JsonNode last) {
    List<String> lines = new ArrayList<>();
    if (rows == 0) {
      lines.add("There are none.");
    }
    lines.add(stamp(last.path("at")));
    if (last.has("next")) {
      lines.add("There are more: --all, or --cursor " + printable(text(last, "next")));
    }
    return lines;
  }

  static List<String> one(JsonNode agent, JsonNode reputation) {
    List<String> lines = new ArrayList<>();
    for (String name : List.of("agentId", "owner", "wallet", "uri", "epoch", "registeredBlock")) {
      lines.add("  %-12s %s".formatted(label(name), printable(agent.path(name).asString("-"))));
    }
    lines.add("");
    lines.add(TOTAL.formatted("AS", "TOKEN", "SETTLED", "VOLUME", "RATING", "MISSED", "LOST"));
    reputation.path("totals").forEach(total -> lines.add(total(total)));
    if (reputation.path("totals").isEmpty()) {
      lines.add("  Nothing was settled by this owner.");
    }
    JsonNode feedback = reputation.path("feedback");
    lines.add("");
    lines.add(
        "  Feedback: %s entries that count, %s revoked, average %s"
            .formatted(
                printable(feedback.path("count").asString("0")),
                printable(feedback.path("revoked").asString("0")),
                feedback.path("count").asLong(0) == 0
                    ? "-"
                    : value(text(feedback, "value"), feedback.path("valueDecimals").asInt(0))));
    lines.add(stamp(reputation.path("at")));
    return lines;
  }

  static String stamp(JsonNode at) {
    return "As of block %s of %s (%s)."
        .formatted(
            printable(at.path("blockNumber").asString("?")),
            printable(text(at, "chainId")),
            printable(text(at, "finality")));
  }

  private static String total(JsonNode of) {
    return TOTAL.formatted(
        printable(text(of, "role")),
        brief(printable(text(of, "token"))),
        printable(of.path("closed").asString("")),
        printable(text(of, "volume")),
        printable(of.path("averageRating").asString("-")),
        printable(of.path("missed").asString("")),
        printable(of.path("lost").asString("")));
  }

  private static String label(String name) {
    return switch (name) {
      case "agentId" -> "agent";
      case "registeredBlock" -> "since block";
      default -> name;
    };
  }

  /** The last part of its id. */
  static String number(JsonNode agent) {
    return number(text(agent, "agentId"));
  }

  static String number(String id) {
    return printable(id.substring(id.lastIndexOf(':') + 1));
  }

  /** Of a time in seconds since 1970. */
  private static String day(long time) {
    return time > UNTOLD && time < YEAR_10000
        ? LocalDate.ofEpochDay(time / SECONDS_OF_A_DAY).toString()
        : "-";
  }

  /** A fixed-point number as it is written. */
  private static String value(String digits, int decimals) {
    if (!digits.matches("-?[0-9]{1,78}") || decimals < 0 || decimals > MOST_DECIMALS) {
      return "?";
    }
    return new BigDecimal(new BigInteger(digits), decimals).toPlainString();
  }
}
