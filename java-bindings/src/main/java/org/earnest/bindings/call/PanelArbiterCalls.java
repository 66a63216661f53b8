package org.earnest.bindings.call;

import static org.earnest.bindings.call.DealStructs.number;

import java.util.List;
import org.earnest.bindings.contract.PanelArbiter;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.bindings.eip712.Vote;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;

/** The verbs of an arbiter that is a panel. */
public final class PanelArbiterCalls {
  private final EvmAddress panel;
  private final PanelArbiter abi;

  public PanelArbiterCalls(EvmAddress panel) {
    this.panel = panel;
    this.abi = Wrappers.panelArbiter();
  }

  /**
   * Votes on a disputed leg.
   *
   * @param signature the member's, of {@link Vote#digest}; none if it sends it itself
   */
  public ChainCall vote(EvmAddress member, Vote vote, byte[] signature) {
    return Wrappers.call(
        panel,
        abi.vote(
            member.hex(),
            vote.deal().digest().bytes(),
            number(vote.leg()),
            number(vote.stance().number()),
            number(vote.confidence()),
            vote.reason().bytes(),
            signature));
  }

  /** Has the panel's verdict applied, once it has decided; by anyone. */
  public ChainCall decide(DealId deal, DealTerms terms, int leg) {
    return Wrappers.call(
        panel,
        abi.decide(
            deal.digest().bytes(),
            PanelStructs.of(terms.head()),
            siblings(terms, leg),
            number(leg),
            PanelStructs.of(terms.legs().get(leg))));
  }

  /** Rules where the panel did not decide in its time; by the escalation address itself. */
  public ChainCall escalate(
      DealId deal, DealTerms terms, int leg, PanelTerms.Shares shares, Hash32 reason) {
    return Wrappers.call(
        panel,
        abi.escalate(
            deal.digest().bytes(),
            PanelStructs.of(terms.head()),
            siblings(terms, leg),
            number(leg),
            PanelStructs.of(terms.legs().get(leg)),
            number(shares.payeeBps()),
            number(shares.bondBps()),
            reason.bytes()));
  }

  /** Sends the fees earned in a token to the panel's fee receiver; by anyone. */
  public ChainCall collect(EvmAddress token) {
    return Wrappers.call(panel, abi.collect(token.hex()));
  }

  private static List<byte[]> siblings(DealTerms terms, int leg) {
    return DealStructs.bytes(DealTypedData.siblings(terms, leg));
  }
}
