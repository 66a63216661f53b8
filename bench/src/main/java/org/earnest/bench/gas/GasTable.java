package org.earnest.bench.gas;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.earnest.bench.gas.PeerFigure.Basis;

/** What was measured, for people. */
record GasTable(Map<String, Spent> measured) {
  private static final String ROW = "%-47s %15s %9s %8s %s";

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        ROW.formatted("gas of whole transactions", "here  ", "target", "", "").stripTrailing());
    section(lines, "VERBS", Operations.VERBS);
    section(lines, "WHOLE DEALS, all their transactions", Operations.DEALS);
    section(lines, "RECORDS AND AGENTS", Operations.RECORDS);
    lines.add("");
    lines.add("MISSED: above the target. Reads are the call alone, without a transaction's cost.");
    lines.add("*: what calldata costs at least (EIP-7623), which is more than the work.");
    lines.add("Indented: what peers take for the like; none of it was measured in this run.");
    Stream.of(Basis.values())
        .forEach(basis -> lines.add("[%s] %s".formatted(basis.mark(), basis.meaning())));
    return lines;
  }

  private void section(List<String> lines, String title, List<Operation> operations) {
    lines.add("");
    lines.add(title);
    for (Operation operation : operations) {
      lines.add(row(operation).stripTrailing());
      operation.peers().forEach(peer -> lines.add(row(peer)));
    }
  }

  private String row(Operation operation) {
    String gas = units(operation.gas(measured)) + (operation.atFloor(measured) ? " *" : "  ");
    if (operation.target().isEmpty()) {
      return ROW.formatted(operation.name(), gas, "", "", "");
    }
    return ROW.formatted(
        operation.name(),
        gas,
        units(operation.target().getAsLong()),
        above(operation),
        operation.missed(measured) ? "MISSED" : "");
  }

  private String above(Operation operation) {
    return String.format(Locale.ROOT, "%+.1f %%", operation.above(measured));
  }

  private static String row(PeerFigure peer) {
    String gas =
        peer.least() == peer.most()
            ? units(peer.least())
            : units(peer.least()) + "-" + units(peer.most());
    return "%61s    [%s] %s: %s".formatted(gas, peer.basis().mark(), peer.project(), peer.what());
  }

  private static String units(long gas) {
    return String.format(Locale.ROOT, "%,d", gas);
  }
}
