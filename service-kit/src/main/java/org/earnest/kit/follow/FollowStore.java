package org.earnest.kit.follow;

import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.Hash32;

/** Where a follower keeps what it read of one chain. Every method is one transaction. */
public interface FollowStore {
  /** The hash of the chain's block 0, which tells a replaced chain from a reorganised one. */
  Optional<Hash32> genesis();

  /**
   * Begins to follow a chain.
   *
   * @param base the block after which logs are wanted
   */
  void begin(Hash32 genesis, BlockRef base);

  /** The last block whose logs are in; empty before {@link #begin}. */
  Optional<BlockRef> cursor();

  /**
   * Blocks that were read, the highest first.
   *
   * @param below an exclusive bound of the height
   */
  List<BlockRef> recorded(long below, int limit);

  /**
   * Takes in the logs of {@code from + 1} to {@code to} and moves the cursor there.
   *
   * @param logs in the chain's order
   * @throws FollowHaltedException {@code followed_elsewhere} when the cursor is not at {@code
   *     from}: somebody else moved it
   */
  void append(BlockRef from, TimedBlock to, List<ChainLog> logs);

  /**
   * The cursor is as near the head as one that is called ready: what was put off while very much
   * was read is done now. Called at least once in each run that comes there, before anybody is told
   * so.
   */
  void caughtUp();

  /** Forgets everything above a recorded block, which becomes the cursor. */
  void rewind(BlockRef to);
}
