package org.earnest.payments.check;

/**
 * What one check of a selling address found.
 *
 * @param check stable identifier
 * @param found what is there, a sentence without its full stop
 * @param fix what its operator can do; empty when there is nothing to do
 */
public record Finding(String check, Verdict verdict, String found, String fix) {
  /** How bad it is. */
  public enum Verdict {
    /** As it should be. */
    OK,
    /** Buyers can pay, though some may not, or something is unusual. */
    NOTE,
    /** Buyers cannot pay, or it is served without payment. */
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
}
