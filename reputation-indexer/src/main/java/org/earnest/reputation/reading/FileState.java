package org.earnest.reputation.reading;

import java.util.Locale;

/** What became of a file that an event points to. */
public enum FileState {
  /** Nobody looked yet. */
  WAITING,
  READ,
  /** There is another file than the one that was named; only a feedback names a hash. */
  HASH_DIFFERS,
  /** Our rules forbid to fetch it. */
  REFUSED,
  /** It could not be had. */
  UNAVAILABLE,
  /** It is no file of its kind. */
  MALFORMED;

  /** Lower snake case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static FileState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
