package org.earnest.kit.postgres;

import org.jspecify.annotations.Nullable;

/**
 * The database could not be asked or could not store. May pass by itself. Where a commit was under
 * way it is not known whether it happened.
 */
public final class DatabaseUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public static final String UNAVAILABLE = "database_unavailable";
  public static final String DISK_FULL = "disk_full";

  private final String code;
  private final String detail;

  private DatabaseUnavailableException(String code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.detail = message;
  }

  public static DatabaseUnavailableException unavailable(Throwable cause) {
    return new DatabaseUnavailableException(
        UNAVAILABLE,
        "The database did not answer, and what was done is not known. Repeat the same request later.",
        cause);
  }

  static DatabaseUnavailableException diskFull(Throwable cause) {
    return new DatabaseUnavailableException(
        DISK_FULL,
        "The database's disk is full, and what came last was not stored; what came before it, such as"
            + " a transaction that was sent, stands. Free some space, then repeat the same request.",
        cause);
  }

  /** {@link #UNAVAILABLE} or {@link #DISK_FULL}. */
  public String code() {
    return code;
  }

  /** One sentence that may be shown to anybody. */
  public String detail() {
    return detail;
  }
}
