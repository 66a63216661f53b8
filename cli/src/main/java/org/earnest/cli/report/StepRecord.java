package org.earnest.cli.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One step that was done. */
record StepRecord(int number, String title, long wallMs, List<String> lines) {
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("number", number);
    figures.put("title", title);
    figures.put("wallMs", wallMs);
    figures.put("lines", lines);
    return figures;
  }
}
