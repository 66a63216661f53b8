package org.earnest.reputation.store;

import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/**
 * Blocks side by side.
 *
 * @param first the lowest of them
 * @param below is higher than all of them
 */
record BlockSpan(Optional<Long> first, Optional<Long> below) {
  static final BlockSpan ALL = new BlockSpan(Optional.empty(), Optional.empty());

  /**
   * In SQL, of a row's block.
   *
   * @param row an alias with its dot, or nothing
   */
  String conditions(String row) {
    return (first.isPresent() ? " and " + row + "block_number >= :first_block" : "")
        + (below.isPresent() ? " and " + row + "block_number < :below_block" : "");
  }

  void bindTo(Query query) {
    first.ifPresent(height -> query.bind("first_block", height));
    below.ifPresent(height -> query.bind("below_block", height));
  }
}
