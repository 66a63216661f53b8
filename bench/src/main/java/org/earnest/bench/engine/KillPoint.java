package org.earnest.bench.engine;

/**
 * Where a process dies: between any two steps of a submission that outlive it. All but {@link
 * #UNCLAIMED}, {@link #CLAIMED} and {@link #NUMBERED} are met while the journal is reconciled, too.
 */
public enum KillPoint {
  /** The request was made; the journal does not know it yet. */
  UNCLAIMED,
  /** The key is taken; nothing is decided. */
  CLAIMED,
  /** The account's lease is taken; nothing was done with it. The next has to wait for its end. */
  LEASED,
  /** Nonce and fees are stored; nothing is signed. */
  NUMBERED,
  /** The signature exists in memory alone. */
  SIGNED_UNSTORED,
  /** The signature is stored; nothing was sent. */
  SIGNED,
  /** The node has the bytes; the journal was not told. */
  SENT_UNSTORED,
  /** The node has the bytes, and the journal knows; they are in no block that anybody looked at. */
  BROADCAST,
  /** The turn is over; the lease is not given back. */
  UNRELEASED,
  /** The receipt was read; the journal was not told. */
  MINED_UNSTORED,
  /** The block is stored; nobody was told of it. */
  MINED,
  /** The block is final, and that is stored. */
  FINAL
}
