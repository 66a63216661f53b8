package org.earnest.cli.doctor;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one check found.
 *
 * @param check stable identifier
 * @param found what is there, a sentence without its full stop
 * @param fix what to do; empty when there is nothing to do
 */
public record Finding(String check, Verdict verdict, String found, String fix) {
  /** How bad it is. */
  public enum Verdict {
    /** As it should be. */
    OK,
    /** Works, with something worth knowing. */
    NOTE,
    /** Must be mended first. */
    FAIL
  }

  static Finding ok(String check, String found) {
    return new Finding(check, Verdict.OK, found, "");
  }

  static Finding note(String check, String found, String fix) {
    return new Finding(check, Verdict.NOTE, found, fix);
  }

  static Finding fail(String check, String found, String fix) {
    return new Finding(check, Verdict.FAIL, found, fix);
  }

  /** One or two lines for a person. */
  public String lines() {
    String line =
        String.format(
            "%-5s %-9s %s", verdict.name().toLowerCase(java.util.Locale.ROOT), check, found);
    return fix.isEmpty() ? line : line + System.lineSeparator() + " ".repeat(16) + "-> " + fix;
  }

  /** The object of {@code --json}. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("check", check);
    figures.put("ok", verdict != Verdict.FAIL);
    figures.put("verdict", verdict.name().toLowerCase(java.util.Locale.ROOT));
    figures.put("found", found);
    figures.put("fix", fix);
    return figures;
  }
}
