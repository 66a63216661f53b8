package org.earnest.bindings.event;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.earnest.bindings.call.PanelTerms;
import org.earnest.bindings.contract.PanelArbiter;
import org.earnest.bindings.eip712.Vote;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealId;

/** How a panel's events become ours. */
final class PanelReadings {
  private PanelReadings() {}

  static PanelEvent formed(ChainLog log) {
    PanelWords.require(log.data());
    LogValues values = LogValues.of(PanelArbiter.PANELFORMED_EVENT, log);
    PanelArbiter.PanelTerms terms = values.struct(0, PanelArbiter.PanelTerms.class);
    return new PanelEvent.Formed(
        values.indexedAddress(0),
        new PanelTerms(
            members(terms.members, terms.weights),
            terms.quorumBps.intValueExact(),
            terms.marginBps.intValueExact(),
            terms.votingTime.longValueExact(),
            shares(terms.endorsedPayeeBps, terms.endorsedBondBps),
            shares(terms.challengedPayeeBps, terms.challengedBondBps),
            new EvmAddress(terms.escalation),
            new EvmAddress(terms.feeReceiver)));
  }

  static PanelEvent voted(ChainLog log) {
    LogValues values = LogValues.of(PanelArbiter.VOTED_EVENT, log);
    return new PanelEvent.Voted(
        values.indexedAddress(2),
        new Vote(
            new DealId(values.indexedHash(0)),
            values.indexedUint(1).intValueExact(),
            Vote.Stance.of(values.small(0)),
            values.small(1),
            values.hash(2)));
  }

  static PanelEvent decided(ChainLog log) {
    LogValues values = LogValues.of(PanelArbiter.DECIDED_EVENT, log);
    PanelArbiter.Tally tally = values.struct(1, PanelArbiter.Tally.class);
    return new PanelEvent.Decided(
        new DealId(values.indexedHash(0)),
        values.indexedUint(1).intValueExact(),
        Vote.Stance.of(values.small(0)),
        tally.voted,
        tally.endorsing,
        tally.challenging,
        values.uint(2));
  }

  static PanelEvent escalated(ChainLog log) {
    LogValues values = LogValues.of(PanelArbiter.ESCALATED_EVENT, log);
    return new PanelEvent.Escalated(
        new DealId(values.indexedHash(0)),
        values.indexedUint(1).intValueExact(),
        values.small(0),
        values.small(1),
        values.hash(2));
  }

  private static List<PanelTerms.Member> members(List<String> accounts, List<BigInteger> weights) {
    if (accounts.size() != weights.size()) {
      throw new IllegalArgumentException("a panel has as many weights as members");
    }
    return IntStream.range(0, accounts.size())
        .mapToObj(
            i ->
                new PanelTerms.Member(
                    new EvmAddress(accounts.get(i)), weights.get(i).intValueExact()))
        .toList();
  }

  private static PanelTerms.Shares shares(BigInteger payeeBps, BigInteger bondBps) {
    return new PanelTerms.Shares(payeeBps.intValueExact(), bondBps.intValueExact());
  }
}
