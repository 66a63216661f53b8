package org.earnest.kit.follow;

import org.earnest.core.chain.BlockRef;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;

/** The chain cannot be followed any further into this database without somebody's decision. */
public final class FollowHaltedException extends StartupException {
  private static final long serialVersionUID = 1L;

  private FollowHaltedException(
      String code, String message, String remedy, @Nullable Throwable cause) {
    super(code, message, remedy, cause);
  }

  private FollowHaltedException(String code, String message, String remedy) {
    this(code, message, remedy, null);
  }

  static FollowHaltedException replaced(String name) {
    return new FollowHaltedException(
        "chain_replaced",
        "the database of " + name + " belongs to another chain: block 0 has another hash",
        "Start with --fresh to forget the old chain, or point to the chain it was before.");
  }

  static FollowHaltedException elsewhere() {
    return new FollowHaltedException(
        "followed_elsewhere",
        "another process follows this chain into the same database",
        "Stop one of the two, or give each a database of its own.");
  }

  static FollowHaltedException bug(String name, Throwable bug) {
    return new FollowHaltedException(
        "internal_error",
        name + " stopped by an error of its own",
        "The log has the details; a start reads on from the last block that is in.",
        bug);
  }

  static FollowHaltedException tooDeep(String name, BlockRef cursor, int horizon) {
    return new FollowHaltedException(
        "reorganisation_too_deep",
        "%s had followed the chain to block %d, and the chain changed more than %d blocks deep"
            .formatted(name, cursor.number(), horizon),
        "Check the node; then start with --fresh to read the chain anew.");
  }
}
