package org.earnest.cli.deal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of equal length, each column as wide as its widest text: the first and the last to the left.
 */
record Columns(List<List<String>> rows) {
  private static final String MARGIN = "  ";

  List<String> lines() {
    int count = rows.getFirst().size();
    List<Integer> widths = IntStream.range(0, count).map(this::width).boxed().toList();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String line(List<String> row, List<Integer> widths) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      String blank = " ".repeat(widths.get(i) - row.get(i).length());
      boolean left = i == 0 || i == row.size() - 1;
      cells.add(left ? row.get(i) + blank : blank + row.get(i));
    }
    return (MARGIN + String.join(MARGIN, cells)).stripTrailing();
  }
}
