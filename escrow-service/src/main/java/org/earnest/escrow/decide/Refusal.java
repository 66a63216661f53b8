package org.earnest.escrow.decide;

import java.util.Locale;
import org.earnest.core.deal.BrokenRule;

/**
 * Why a request is not relayed.
 *
 * @param code stable; where the contract has an error of the same meaning, that error's name in
 *     lower snake case
 * @param detail both sides of what does not fit
 */
public record Refusal(Kind kind, String code, String detail) {
  /** What the caller can do about it. */
  public enum Kind {
    /** Change the terms or the request. */
    TERMS,
    /** Have the right party sign. */
    CONSENT,
    /** Nothing: the deal has gone on, or its time is over. */
    STATE,
    /** Ask again later. */
    TOO_EARLY,
    /** Nothing: whoever runs the service must act. */
    SERVICE
  }

  /** Of terms that break a rule of the contract; a deadline is no fault of theirs. */
  public static Refusal ofRule(BrokenRule rule) {
    Kind kind = rule.error().equals("OpenDeadlinePassed") ? Kind.STATE : Kind.TERMS;
    return new Refusal(kind, code(rule.error()), rule.detail());
  }

  /** The code of a contract's error: its name in lower snake case. */
  public static String code(String error) {
    return error
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_")
        .toLowerCase(Locale.ROOT);
  }

  /** The same, saying more. */
  Refusal adding(String next) {
    return new Refusal(kind, code, detail + " " + next);
  }

  static Refusal terms(String code, String detail) {
    return new Refusal(Kind.TERMS, code, detail);
  }

  static Refusal consent(String code, String detail) {
    return new Refusal(Kind.CONSENT, code, detail);
  }

  static Refusal state(String code, String detail) {
    return new Refusal(Kind.STATE, code, detail);
  }

  static Refusal tooEarly(String code, String detail) {
    return new Refusal(Kind.TOO_EARLY, code, detail);
  }
}
