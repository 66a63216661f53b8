package org.earnest.core.chain;

/**
 * Tells that a chain may have a new head. What it tells is a reason to look, and never believed:
 * the chain is read by a {@link ChainReader}.
 */
public interface NewHeads {
  /** Tells nothing. */
  NewHeads NONE =
      onHead ->
          new Subscription() {
            @Override
            public boolean isLive() {
              return false;
            }

            @Override
            public void close() {}
          };

  /**
   * Begins to tell, at once and until it is closed.
   *
   * @param onHead called for each, soon and from any thread; it returns at once
   */
  Subscription subscribe(Runnable onHead);

  /** What was begun. */
  interface Subscription extends AutoCloseable {
    /** Whether the next head would be told, as far as is known. */
    boolean isLive();

    @Override
    void close();
  }
}
