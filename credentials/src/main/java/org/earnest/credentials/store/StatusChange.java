package org.earnest.credentials.store;

/** What came of changing a status. */
public enum StatusChange {
  /** It says so now, or said so before. */
  DONE,
  /** Nobody was given this place. */
  UNKNOWN,
  /** A revocation is for good. */
  IRREVERSIBLE,
  /** The list has no room for such a value. */
  OUT_OF_RANGE
}
