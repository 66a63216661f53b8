package org.earnest.payments.facilitator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;

/**
 * Which accounts have code, asked of the node at most once in about a block's time: accounts may
 * get code at any time, and lose it (EIP-7702).
 */
final class CodeFacts {
  /** About a block's time. */
  static final Duration FRESH = Duration.ofSeconds(2);

  /** Accounts at most; the one longest not asked for gives way. */
  static final int MOST = 10_000;

  private static final String NO_CODE = "0x";

  private record Fact(boolean hasCode, long until) {}

  private final ChainReader chain;
  private final LongSupplier nanos;
  private final Map<EvmAddress, Fact> facts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EvmAddress, Fact> eldest) {
          return size() > MOST;
        }
      };

  CodeFacts(ChainReader chain) {
    this(chain, System::nanoTime);
  }

  CodeFacts(ChainReader chain, LongSupplier nanos) {
    this.chain = chain;
    this.nanos = nanos;
  }

  boolean hasCode(EvmAddress account) {
    synchronized (facts) {
      Fact known = facts.get(account);
      if (known != null && known.until() - nanos.getAsLong() > 0) {
        return known.hasCode();
      }
    }
    return hasCodeNow(account);
  }

  /** The same, asked of the node in any case. */
  boolean hasCodeNow(EvmAddress account) {
    // Not under the lock, which would make all wait for one slow answer.
    boolean found = !chain.code(account, BlockTag.Named.LATEST).equals(NO_CODE);
    synchronized (facts) {
      facts.put(account, new Fact(found, nanos.getAsLong() + FRESH.toNanos()));
    }
    return found;
  }
}
