package org.earnest.kit.follow;

import org.earnest.core.chain.BlockRef;
import org.earnest.kit.process.StartupException;

/** The chain cannot be followed any further into this database without somebody's decision. */
public final class FollowHaltedException extends StartupException {
  private static final long serialVersionUID = 1L;

  private FollowHaltedException(String code, String message, String remedy) {
    super(code, message, remedy);
  }

  static FollowHaltedException replaced(String name) {
    return new FollowHaltedException(
        "chain_replaced",
        "the database of " + name + " belongs to another chain: block 0 has another hash",
        "Start with --fresh to forget the old chain, or point to the chain it was before.");
  }

  static FollowHaltedException tooDeep(String name, BlockRef cursor, int horizon) {
    return new FollowHaltedException(
        "reorganisation_too_deep",
        "%s had followed the chain to block %d, and the chain changed more than %d blocks deep"
            .formatted(name, cursor.number(), horizon),
        "Check the node; then start with --fresh to read the chain anew.");
  }
}
