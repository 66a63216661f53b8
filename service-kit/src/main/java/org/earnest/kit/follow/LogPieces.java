package org.earnest.kit.follow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.chain.LogRangeRefusedException;

/**
 * The logs of one block that are too many for one answer: those of one contract after the other,
 * and where that is too much as well, one event after the other.
 */
final class LogPieces {
  private final ChainReader chain;
  private final FollowSettings settings;

  LogPieces(ChainReader chain, FollowSettings settings) {
    this.chain = chain;
    this.settings = settings;
  }

  /**
   * All of them.
   *
   * @param whole how the whole was refused
   * @throws LogRangeRefusedException when the smallest piece is refused
   */
  List<ChainLog> of(long block, LogRangeRefusedException whole) {
    List<ChainLog> logs = new ArrayList<>();
    for (EvmAddress contract : settings.contracts()) {
      logs.addAll(ofContract(block, contract, whole));
    }
    return logs.stream()
        .filter(log -> !log.removed())
        .sorted(Comparator.comparingInt(log -> log.ref().logIndex()))
        .toList();
  }

  private List<ChainLog> ofContract(
      long block, EvmAddress contract, LogRangeRefusedException whole) {
    if (settings.contracts().size() == 1) {
      return byTopics(block, contract, whole);
    }
    try {
      return ask(block, contract, settings.topics());
    } catch (LogRangeRefusedException refused) {
      return byTopics(block, contract, refused);
    }
  }

  private List<ChainLog> byTopics(
      long block, EvmAddress contract, LogRangeRefusedException refused) {
    if (settings.topics().size() < 2) {
      throw refused;
    }
    return settings.topics().stream()
        .flatMap(topic -> ask(block, contract, List.of(topic)).stream())
        .toList();
  }

  private List<ChainLog> ask(long block, EvmAddress contract, List<Hash32> topics) {
    return chain.logs(new LogQuery(block, block, Set.of(contract), topics));
  }
}
