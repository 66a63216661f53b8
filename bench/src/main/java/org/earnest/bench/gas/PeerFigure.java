package org.earnest.bench.gas;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a peer takes for the like. It is not measured in this run: gas is the same on every machine,
 * but compilers, tokens and what was measured with it are not.
 *
 * @param least units of gas
 * @param most units of gas; the least again where one figure is known
 */
record PeerFigure(String project, String what, long least, long most, Basis basis) {
  /** How a peer's figure came about. */
  enum Basis {
    /** Whole transactions of the peer's own contracts. */
    MEASURED(
        "m",
        true,
        "measured elsewhere on 2026-11-21: whole transactions with base cost and calldata (forge"
            + " 1.7.1 --isolate, cancun, solc 0.8.28/29 via-IR), of a token like ours"),
    /** The peer's own benchmark file. */
    PUBLISHED(
        "p",
        false,
        "published by the project itself; its harness is in the figure, and whether base cost and"
            + " calldata are is not said");

    private final String mark;
    private final boolean wholeTransactions;
    private final String meaning;

    Basis(String mark, boolean wholeTransactions, String meaning) {
      this.mark = mark;
      this.wholeTransactions = wholeTransactions;
      this.meaning = meaning;
    }

    String mark() {
      return mark;
    }

    String meaning() {
      return meaning;
    }
  }

  PeerFigure {
    if (least <= 0 || most < least) {
      throw new IllegalArgumentException("a figure lies between " + least + " and " + most);
    }
  }

  /** Several of the kind, each in transactions of its own. */
  PeerFigure times(int count) {
    String each = what.contains(" + ") ? "(" + what + ")" : what;
    return new PeerFigure(project, count + " x " + each, count * least, count * most, basis);
  }

  /** Both, one after the other. */
  PeerFigure and(PeerFigure next) {
    if (basis != next.basis) {
      throw new IllegalArgumentException("figures of two kinds do not add up");
    }
    String both =
        project.equals(next.project) ? next.what : "%s %s".formatted(next.project, next.what);
    return new PeerFigure(
        project, what + " + " + both, least + next.least, most + next.most, basis);
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("project", project);
    figures.put("what", what);
    figures.put("gasLeast", least);
    figures.put("gasMost", most);
    figures.put("basis", basis.name().toLowerCase(Locale.ROOT));
    figures.put("wholeTransactions", basis.wholeTransactions);
    return figures;
  }
}
