package org.earnest.reputation.graph;

/** Ends a query, or a field of it, with words for whoever asked. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * A refusal.
   *
   * @param code stable, lower snake case
   */
  Refusal(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static Refusal filter(String message) {
    return new Refusal("filter_invalid", message);
  }

  static Refusal tooComplex(String message) {
    return new Refusal("query_too_complex", message);
  }

  static Refusal timedOut() {
    return new Refusal(
        "query_timed_out",
        "The query takes too long. Filter by id, agent, owner or client, or ask for less.");
  }

  String code() {
    return code;
  }
}
