package org.earnest.payments.client;

import org.jspecify.annotations.Nullable;

/** The journal of payments cannot be used; nothing was paid that is not in it. */
public final class PaymentJournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String remedy;

  private PaymentJournalException(
      String code, String message, String remedy, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.remedy = remedy;
  }

  static PaymentJournalException inUse(String file) {
    return new PaymentJournalException(
        "journal_in_use",
        "another buyer has the journal " + file,
        "Stop it, or give this one a journal of its own; two would not see each other's payments",
        null);
  }

  static PaymentJournalException damaged(String file, int line) {
    return new PaymentJournalException(
        "journal_damaged",
        "line %d of the journal %s was changed after it was written".formatted(line, file),
        "Put a whole copy back, or move it away and know that payments of the last minutes may be"
            + " made again",
        null);
  }

  static PaymentJournalException unavailable(String file, Throwable cause) {
    return new PaymentJournalException(
        "journal_unavailable",
        "the journal %s cannot be written: %s".formatted(file, cause.getMessage()),
        "Make room on its disk, or see to it that its folder may be written",
        cause);
  }

  /** Stable: {@code journal_in_use}, {@code journal_damaged}, {@code journal_unavailable}. */
  public String code() {
    return code;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
