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

  static Refusal notHeld(long head) {
    return new Refusal(
        "block_not_held",
        "The rows are those of block %d, and the query wants another block. Ask without a block, or"
                .formatted(head)
            + " for that one.");
  }

  static Refusal noValidations() {
    return new Refusal(
        "validations_not_followed",
        "No validation registry is followed here, so that nothing is known of validations.");
  }

  String code() {
    return code;
  }
}
