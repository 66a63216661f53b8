package org.earnest.reputation.graph;

/** How a filter compares; its suffix ends the filter's name, as with The Graph. */
enum Operator {
  EQUAL(""),
  NOT("_not"),
  GT("_gt"),
  LT("_lt"),
  GTE("_gte"),
  LTE("_lte"),
  IN("_in"),
  NOT_IN("_not_in"),
  CONTAINS("_contains"),
  CONTAINS_NOCASE("_contains_nocase"),
  NOT_CONTAINS("_not_contains"),
  NOT_CONTAINS_NOCASE("_not_contains_nocase"),
  STARTS_WITH("_starts_with"),
  STARTS_WITH_NOCASE("_starts_with_nocase"),
  ENDS_WITH("_ends_with"),
  ENDS_WITH_NOCASE("_ends_with_nocase");

  private final String suffix;

  Operator(String suffix) {
    this.suffix = suffix;
  }

  String suffix() {
    return suffix;
  }

  boolean takesList() {
    return this == IN || this == NOT_IN;
  }
}
