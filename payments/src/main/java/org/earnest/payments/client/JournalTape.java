package org.earnest.payments.client;

import java.util.List;

/** Where the journal's lines are kept. */
interface JournalTape extends AutoCloseable {
  /** All lines there are, oldest first. */
  List<JournalEvent> read();

  /**
   * Adds a line, which is kept for good once this returns.
   *
   * @throws PaymentJournalException when it is not; then it is not read again either
   */
  void append(JournalEvent event);

  /** Whether it is time to {@link #rewrite} it. */
  boolean isLong();

  /** Replaces all lines by these, in one step. */
  void rewrite(List<JournalEvent> events);

  @Override
  void close();

  /** One that ends with the process. */
  static JournalTape inMemory() {
    return new JournalTape() {
      @Override
      public List<JournalEvent> read() {
        return List.of();
      }

      @Override
      public void append(JournalEvent event) {}

      @Override
      public boolean isLong() {
        return false;
      }

      @Override
      public void rewrite(List<JournalEvent> events) {}

      @Override
      public void close() {}
    };
  }
}
