package org.earnest.kit.follow;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said against a node that answers and yet is not followed; one thread asks. */
final class NodeFaults {
  /** In a row, after which it is not for a moment that nodes behind one URL disagree. */
  static final int DOUBTED_LOOKS = 8;

  private static final Logger LOG = LoggerFactory.getLogger(NodeFaults.class);

  private final String name;

  /** In a row, but for those in between at which a node was behind. */
  private int doubted;

  /** It was said that something is. */
  private boolean said;

  /**
   * For one follower.
   *
   * @param name who follows, for messages
   */
  NodeFaults(String name) {
    this.name = name;
  }

  /** After each look. */
  Optional<String> after(FollowStep.Result result) {
    if (result.doubted()) {
      doubted++;
    } else if (result.isConfirmed()) {
      doubted = 0;
    }
    Optional<String> fault = fault(result);
    fault.filter(first -> !said).ifPresent(first -> LOG.warn("{}: {}", name, first));
    said = fault.isPresent();
    return fault;
  }

  private Optional<String> fault(FollowStep.Result result) {
    long head = result.head().number();
    long cursor = result.cursor().number();
    if (cursor - head > FollowProgress.MAX_READY_LAG) {
      return Optional.of(
          "the node is behind: its newest block is %d, and %d was read already"
              .formatted(head, cursor));
    }
    return Optional.of(
            ("nobody tells whether the chain still has block %d, which was read last: "
                    + "nodes behind one URL may disagree")
                .formatted(cursor))
        .filter(fault -> doubted >= DOUBTED_LOOKS);
  }
}
