package org.earnest.reputation.store;

/** By what agents are listed. */
public enum AgentOrder {
  /** By their ids, which the registry counts up. */
  REGISTERED,
  /** By the last block in which they were changed or settled something. */
  ACTIVE,
  /** By the average of their feedback; those without any are left out. */
  FEEDBACK,
  /** By what they were paid in one token; those that settled nothing in it are left out. */
  VOLUME,
  /** By the average rating of their legs in one token; those that nobody rated are left out. */
  RATING;

  /** Whether it compares only within one token. */
  public boolean needsToken() {
    return this == VOLUME || this == RATING;
  }
}
