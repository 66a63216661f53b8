package org.earnest.core.deal;

import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.earnest.core.chain.EvmAddress;

/**
 * The escrow's rules for terms, in its order and under its errors' names, so that a refusal costs
 * no gas. What only the chain knows is not among them: whether the token is a contract, who owns
 * agents and which epoch they are in.
 */
public final class TermsRules {
  private TermsRules() {}

  /**
   * The first rule that terms break.
   *
   * @param escrow the contract that they are for
   * @param now the chain's time in seconds of 1970
   */
  public static Optional<BrokenRule> firstBroken(DealTerms terms, EvmAddress escrow, long now) {
    HeadRules head = new HeadRules(terms.head(), escrow, now);
    return head.check()
        .or(
            () ->
                IntStream.range(0, terms.legs().size())
                    .boxed()
                    .flatMap(
                        i ->
                            new LegRules(head, terms.legs().get(i), i, lastAgent(terms, i))
                                .check().stream())
                    .findFirst());
  }

  /** The last agent that is rated before a leg; 0 for none. */
  private static BigInteger lastAgent(DealTerms terms, int before) {
    return terms.legs().subList(0, before).stream()
        .map(Leg::agentId)
        .filter(agent -> agent.signum() != 0)
        .reduce(BigInteger.ZERO, (first, second) -> second);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // read, and never kept
  static Optional<BrokenRule> first(Supplier<Optional<BrokenRule>>... rules) {
    return Stream.of(rules).map(Supplier::get).flatMap(Optional::stream).findFirst();
  }
}
