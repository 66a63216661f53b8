package org.earnest.cli.console;

import java.util.Map;

/** Why a command cannot do what was asked, with what to do about it. Not a bug. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String remedy;

  /**
   * A refusal with a name.
   *
   * @param code stable, lower case with underscores
   * @param problem what is wrong, a sentence without its full stop
   * @param remedy what the user can do, a sentence without its full stop
   */
  public Refusal(String code, String problem, String remedy) {
    super(problem);
    this.code = code;
    this.remedy = remedy;
  }

  /** A refusal with the exception that told of it. */
  public Refusal(String code, String problem, String remedy, Throwable cause) {
    super(problem, cause);
    this.code = code;
    this.remedy = remedy;
  }

  public String code() {
    return code;
  }

  public String remedy() {
    return remedy;
  }

  /** One line for a person. */
  public String sentence() {
    return getMessage() + ". " + remedy + ". [" + code + "]";
  }

  /** The object of {@code --json}. */
  public Map<String, Object> figures() {
    return Map.of("ok", false, "code", code, "error", String.valueOf(getMessage()), "fix", remedy);
  }
}
