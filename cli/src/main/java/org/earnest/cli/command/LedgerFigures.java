package org.earnest.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.bench.engine.Verdict;

/** What every proof of the engine prints of ledger and chain. */
final class LedgerFigures {
  private LedgerFigures() {}

  static Map<String, Object> of(Verdict verdict) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("nonces", verdict.nonces());
    figures.put("gapsFilled", verdict.gaps());
    figures.put("attemptsReplaced", verdict.replaced());
    figures.put("differences", verdict.differences());
    return figures;
  }
}
