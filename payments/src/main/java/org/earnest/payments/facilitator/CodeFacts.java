package org.earnest.payments.facilitator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;

/**
 * Which accounts have code, asked of the node at most once in about a block's time: accounts may
 * get code at any time, and lose it (EIP-7702). Contracts that an operator trusts stay for longer.
 */
final class CodeFacts {
  /** About a block's time. */
  static final Duration FRESH = Duration.ofSeconds(2);

  /** How long a contract of the operator's choice is taken to be there. */
  static final Duration FRESH_CONTRACT = Duration.ofMinutes(10);

  /** Accounts at most; the one longest not asked for gives way. */
  static final int MOST = 10_000;

  private static final String NO_CODE = "0x";

  private record Fact(boolean hasCode, long until) {}

  private final ChainReader chain;
  private final Map<EvmAddress, Fact> facts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EvmAddress, Fact> eldest) {
          return size() > MOST;
        }
      };

  CodeFacts(ChainReader chain) {
    this.chain = chain;
  }

  /** Whether a contract is there that the operator, or the protocol, chose. */
  boolean isDeployed(EvmAddress contract) {
    return known(contract).orElseGet(() -> ask(contract, FRESH_CONTRACT));
  }

  /** Whether anybody's account has code. */
  boolean hasCode(EvmAddress account) {
    return known(account).orElseGet(() -> ask(account, FRESH));
  }

  private Optional<Boolean> known(EvmAddress account) {
    synchronized (facts) {
      Fact known = facts.get(account);
      return known != null && known.until() - System.nanoTime() > 0
          ? Optional.of(known.hasCode())
          : Optional.empty();
    }
  }

  /** The same, asked of the node in any case. */
  boolean hasCodeNow(EvmAddress account) {
    return ask(account, FRESH);
  }

  private boolean ask(EvmAddress account, Duration ifThere) {
    // Not under the lock, which would make all wait for one slow answer.
    boolean found = !chain.code(account, BlockTag.Named.LATEST).equals(NO_CODE);
    synchronized (facts) {
      Duration keep = found ? ifThere : FRESH;
      facts.put(account, new Fact(found, System.nanoTime() + keep.toNanos()));
    }
    return found;
  }
}
