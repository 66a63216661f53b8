package org.earnest.cli.demo;

import java.util.List;
import org.earnest.bindings.eip712.Vote.Stance;

/**
 * What a member of the panel says.
 *
 * @param confidence in percent
 */
record Ballot(Stance stance, int confidence) {
  /** All confidence of one side; the members weigh the same, 1 each. */
  static int sum(List<Ballot> ballots, Stance side) {
    return ballots.stream()
        .filter(ballot -> ballot.stance() == side)
        .mapToInt(Ballot::confidence)
        .sum();
  }

  @Override
  public String toString() {
    return stance == Stance.ABSTAIN ? "abstains" : stance + " with " + confidence + " %";
  }
}
