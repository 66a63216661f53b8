package org.earnest.core.deal;

/**
 * Where a leg stands; the order is the contract's numbering. Accepted and all after it are final.
 */
public enum LegState {
  /** Never opened. */
  NONE,
  /** Funded; the payee has not joined. */
  OFFERED,
  /** The payee is at work. */
  ACTIVE,
  /** The client is looking. */
  DELIVERED,
  /** The arbiter is to rule. */
  DISPUTED,
  /** By the client. */
  ACCEPTED,
  /** Silence decided. */
  LAPSED,
  /** Not delivered in time. */
  MISSED,
  /** By the arbiter. */
  RULED,
  /** As client and payee agreed. */
  SETTLED,
  /** The payee never joined. */
  WITHDRAWN;

  /**
   * The state of this number.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static LegState of(int number) {
    LegState[] all = values();
    if (number < 0 || number >= all.length) {
      throw new IllegalArgumentException("no leg state has the number " + number);
    }
    return all[number];
  }

  /** The contract's number of it; {@link #of} takes it back. */
  @SuppressWarnings("EnumOrdinal") // the order is the contract's numbering
  public int number() {
    return ordinal();
  }

  public boolean terminal() {
    return compareTo(ACCEPTED) >= 0;
  }
}
