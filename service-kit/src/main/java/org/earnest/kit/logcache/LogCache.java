package org.earnest.kit.logcache;

import java.util.List;
import java.util.Optional;

/**
 * Ranges of one chain's logs that passed one filter, each as it was when it was kept. Whether its
 * blocks are still on the chain is the reader's question. Nothing here throws for a broken disk:
 * what cannot be read or kept is not there.
 */
public interface LogCache extends AutoCloseable {
  /** What is kept, in the chain's order; no two overlap. */
  List<Span> spans();

  /**
   * The range's logs; empty where they cannot be had. A range that is found damaged is kept no
   * longer.
   */
  Optional<LogSegment> read(Span span);

  /**
   * Keeps a range, from a thread of the caller's; false where it could not, or keeps some of it
   * already.
   */
  boolean keep(LogSegment segment);

  /** Keeps a range no longer. */
  void drop(Span span);

  /** Lets others keep logs there. */
  @Override
  void close();
}
