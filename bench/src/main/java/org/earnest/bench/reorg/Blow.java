package org.earnest.bench.reorg;

import java.time.Duration;

/**
 * One reorganisation, and perhaps a kill beside it.
 *
 * @param far whether the chain first grows by so much that the index has history to read
 * @param rests whether the index is left alone until it comes to the head, and is compared there;
 *     otherwise the next blow falls while it is still at this one
 * @param depth how many blocks are replaced
 * @param growth how many come on top of them
 * @param requests how many the node gets before the blow
 * @param delay after the last of these, so that it falls into what is done with the answer
 */
record Blow(
    Kill kill, boolean far, boolean rests, int depth, int growth, int requests, Duration delay) {
  /** When the process is killed. */
  enum Kill {
    NONE,
    /** The chain changes while it is dead. */
    BEFORE,
    /** It may be undoing then what the chain took back. */
    AFTER
  }
}
