package org.earnest.core.deal;

import java.time.Instant;
import java.util.List;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.identity.Did;

/** Judges whether a deal's client may open it for somebody else, by credentials that let it. */
@FunctionalInterface
public interface DealAuthority {
  /** The answer. */
  sealed interface Verdict {
    /**
     * The client may.
     *
     * @param principal for whom
     * @param delegate who acts
     */
    record Allowed(Did principal, Did delegate) implements Verdict {}

    /**
     * It may not.
     *
     * @param code stable
     * @param detail for a reader
     * @param retryable whether the same question may be answered otherwise soon, as what was needed
     *     could not be asked
     */
    record Refused(String code, String detail, boolean retryable) implements Verdict {}
  }

  /**
   * Judges by delegations, each a secured credential in JSON, the principal's first.
   *
   * @param now the chain's time
   * @throws OpenedDealsUnavailableException when what was spent cannot be told
   */
  Verdict judge(
      List<String> delegations,
      Caip2ChainId chain,
      DealTerms terms,
      Instant now,
      OpenedDeals opened);
}
