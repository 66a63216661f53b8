package org.earnest.kit.follow;

import java.util.List;
import java.util.Set;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.chain.LogRangeRefusedException;

/**
 * The logs of one block that are too many for one answer: those of one contract after the other.
 */
final class LogPieces {
  private final ChainReader chain;
  private final FollowSettings settings;

  LogPieces(ChainReader chain, FollowSettings settings) {
    this.chain = chain;
    this.settings = settings;
  }

  /**
   * All of them, in no order.
   *
   * @param whole how the whole was refused
   * @throws LogRangeRefusedException when the smallest piece is refused
   */
  List<ChainLog> of(long block, LogRangeRefusedException whole) {
    if (settings.contracts().size() == 1) {
      throw whole;
    }
    return settings.contracts().stream()
        .map(contract -> new LogQuery(block, block, Set.of(contract), settings.topics()))
        .flatMap(query -> chain.logs(query).stream())
        .toList();
  }
}
