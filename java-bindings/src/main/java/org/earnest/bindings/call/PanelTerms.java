package org.earnest.bindings.call;

import java.util.List;
import org.earnest.core.chain.EvmAddress;

/**
 * What a panel is made of; fixed when it is deployed. Shares are basis points.
 *
 * @param members who votes; 1 to 32, none twice
 * @param quorumBps of the whole weight that must have voted, abstentions included
 * @param marginBps of the whole weight, at full confidence, by which one side must lead
 * @param votingTime seconds in which members vote; less than the deals' ruling time, or the human
 *     never rules
 * @param endorsed what the payee gets if the panel endorses its case
 * @param challenged what the payee gets if the panel challenges its case
 * @param escalation the human who rules where the panel did not; not zero, no member. It may not
 *     rule where it is the deal's client or fee receiver, or the leg's payee or standby
 * @param feeReceiver who gets the arbiter's fees; not zero, and neither the escrow nor the panel,
 *     where they would be locked
 */
public record PanelTerms(
    List<Member> members,
    int quorumBps,
    int marginBps,
    long votingTime,
    Shares endorsed,
    Shares challenged,
    EvmAddress escalation,
    EvmAddress feeReceiver) {
  public PanelTerms {
    members = List.copyOf(members);
  }

  /** Who votes, and with which weight. */
  public record Member(EvmAddress account, int weight) {}

  /**
   * What a ruling gives the payee.
   *
   * @param payeeBps of the price
   * @param bondBps of its bond
   */
  public record Shares(int payeeBps, int bondBps) {}
}
