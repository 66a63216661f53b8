package org.earnest.bindings.call;

import java.util.List;
import org.earnest.core.deal.DealTerms;
import org.earnest.testkit.deal.LegEvent;
import org.earnest.testkit.deal.LegModel;
import org.earnest.testkit.deal.LegStep;

/**
 * A leg's life as the model sees it.
 *
 * @param seed that makes it again
 * @param joined whether payee and standby signed at opening
 * @param opened the leg then
 */
record LegHistory(
    long seed, LegCast cast, DealTerms terms, boolean joined, LegModel opened, List<Tried> tried) {
  LegHistory {
    tried = List.copyOf(tried);
  }

  /**
   * An event, and what the model makes of it.
   *
   * @param before the leg
   * @param after the leg, the same where the event is refused
   */
  record Tried(LegEvent event, LegModel before, LegStep step, LegModel after) {}

  LegModel end() {
    return tried.isEmpty() ? opened : tried.getLast().after();
  }
}
