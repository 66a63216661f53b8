package org.earnest.cli.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** Something that must be so, beside what is so. */
public record Check(String name, String expected, String actual) {
  public boolean ok() {
    return expected.equals(actual);
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("name", name);
    figures.put("expected", expected);
    figures.put("actual", actual);
    figures.put("ok", ok());
    return figures;
  }
}
