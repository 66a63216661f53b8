package org.earnest.cli.deal;

import java.util.List;
import org.earnest.core.deal.DealTerms;

/**
 * What terms come to.
 *
 * @param opened second of 1970 at which the deal was opened on the throw-away chain
 */
public record Outcome(
    DealTerms terms,
    long opened,
    List<Party> parties,
    List<PathResult> paths,
    List<Impossible> impossible) {
  /** Whether on every path what the parties get adds up to what was put in. */
  public boolean ok() {
    return paths.stream().allMatch(PathResult::addsUp);
  }
}
