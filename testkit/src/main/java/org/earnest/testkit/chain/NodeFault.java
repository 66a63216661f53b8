package org.earnest.testkit.chain;

/** How a node, an anvil behind the proxy, misleads its caller. Other calls are not affected. */
public sealed interface NodeFault extends Fault {
  /**
   * The node answers as of so many blocks ago: its head, blocks, receipts, logs, counts and calls.
   *
   * @param blocks at least 1
   */
  record StaleBlock(int blocks) implements NodeFault {}

  /**
   * The node is wrong about how many transactions an account has sent; never below zero.
   *
   * @param pending added to the count with those that wait
   * @param mined added to the count at any block
   */
  record WrongNonce(int pending, int mined) implements NodeFault {}

  /** The node takes a transaction and loses it; asked by hash, it knows nothing. */
  record Forgotten() implements NodeFault {}

  /**
   * Before the call the last blocks are replaced by empty ones, their transactions forgotten; never
   * below the block at which faults began.
   *
   * @param depth at least 1
   */
  record Reorganised(int depth) implements NodeFault {}
}
