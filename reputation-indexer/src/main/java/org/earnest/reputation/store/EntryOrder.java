package org.earnest.reputation.store;

/**
 * How an agent's entries are arranged; what is equal, by when it was logged.
 *
 * @param descending whether the greatest or the latest come first
 */
public record EntryOrder(Sort sort, boolean descending) {

  /** By what. */
  public enum Sort {
    TIME,
    VALUE
  }

  boolean byValue() {
    return sort == Sort.VALUE;
  }

  /** In SQL, of what comes later than something in this order. */
  String beyond() {
    return descending ? " < " : " > ";
  }

  /** In SQL, to be written behind each column. */
  String direction() {
    return descending ? " desc" : "";
  }
}
