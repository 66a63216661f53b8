package org.earnest.bench.reorg;

import java.util.List;
import java.util.random.RandomGenerator;
import org.earnest.bench.logs.SyntheticLog;
import org.earnest.bindings.contract.DealEscrow;
import org.earnest.core.chain.Hash32;
import org.web3j.abi.datatypes.Bool;

/** One log that no contract of the standard, or of ours, would write. */
final class NonsenseStory implements Story {
  private static final int HEAD = 2 + 64;
  private static final int TOO_MANY_DECIMALS = 19;

  private final SyntheticLog log;

  NonsenseStory(String name, long agent, RandomGenerator random) {
    FeedbackStory feedback = new FeedbackStory(1, agent, random);
    SyntheticLog good = feedback.given(2);
    this.log =
        switch (random.nextInt(3)) {
          case 0 -> new SyntheticLog(good.address(), good.topics(), good.data().substring(0, HEAD));
          case 1 -> feedback.given(TOO_MANY_DECIMALS);
          default -> ratingOfNothing(EventLogs.hash("nothing " + name), agent);
        };
  }

  private static SyntheticLog ratingOfNothing(Hash32 deal, long agent) {
    return EventLogs.of(
        AgentLives.ESCROW,
        DealEscrow.RATED_EVENT,
        EventLogs.word(deal),
        EventLogs.uint(agent),
        EventLogs.uint(0),
        new Bool(true),
        EventLogs.uint(1));
  }

  @Override
  public List<SyntheticLog> on(int day, RandomGenerator random) {
    return day == 0 ? List.of(log) : List.of();
  }
}
