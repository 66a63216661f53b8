package org.earnest.reputation.edge;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.AgentId;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.reputation.fold.FeedbackSummary;
import org.earnest.reputation.store.Agent;
import org.earnest.reputation.store.Standing;

/** What the service answers. Amounts and token ids are decimal text, as they may exceed 2^53. */
final class Answers {
  private Answers() {}

  /** The block up to which an answer is the whole truth. */
  record At(String chainId, long blockNumber, String blockHash, String finality) {}

  record AgentView(
      String agentId,
      String owner,
      Optional<String> wallet,
      String uri,
      long epoch,
      long registeredBlock,
      String registeredTransaction,
      StandingView standing) {}

  /**
   * What an agent is listed and found by.
   *
   * @param volume atomic units, where one token is asked for
   * @param averageRating 0 to 100 with two decimals
   * @param feedbackAverage a decimal number
   */
  record StandingView(
      long lastActiveBlock,
      Optional<String> volume,
      long closed,
      long rated,
      Optional<String> averageRating,
      long missed,
      long late,
      long lost,
      long feedbackCount,
      Optional<String> feedbackAverage) {}

  record AgentPage(List<AgentView> agents, Optional<String> next, At at) {}

  record AgentAnswer(AgentView agent, At at) {}

  record Comparison(List<AgentView> agents, At at) {}

  /** Seconds since 1970; left out until anybody told it. */
  static Optional<Long> time(OptionalLong told) {
    return told.isPresent() ? Optional.of(told.getAsLong()) : Optional.empty();
  }

  static AgentView agent(Caip10AccountId registry, Standing standing, boolean inOneToken) {
    Agent agent = standing.agent();
    return new AgentView(
        new AgentId(registry, agent.agentId()).toString(),
        agent.state().owner().hex(),
        agent.state().wallet().map(EvmAddress::hex),
        agent.state().uri(),
        agent.state().epoch(),
        agent.registeredBlock(),
        agent.registeredTransaction().hex(),
        standing(standing, inOneToken));
  }

  private static StandingView standing(Standing of, boolean inOneToken) {
    SettledSummary settled = of.settled();
    return new StandingView(
        of.lastBlock(),
        inOneToken ? Optional.of(settled.volume().toString()) : Optional.empty(),
        settled.closed(),
        settled.rated(),
        ReputationAnswers.average(settled),
        settled.missed(),
        settled.late(),
        settled.lost(),
        of.entries(),
        of.average().map(Answers::plain));
  }

  /** A number that is kept times 10^18. */
  private static String plain(BigInteger scaled) {
    BigDecimal number = new BigDecimal(scaled, FeedbackSummary.MAX_DECIMALS).stripTrailingZeros();
    return number.toPlainString();
  }
}
