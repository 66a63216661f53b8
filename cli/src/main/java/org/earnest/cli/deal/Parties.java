package org.earnest.cli.deal;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;

/** A deal's parties, each once, with test keys that stand for them; their keys are known to all. */
final class Parties {
  private final DealTerms terms;
  private final Map<EvmAddress, Party> byAddress;

  private Parties(DealTerms terms, Map<EvmAddress, Party> byAddress) {
    this.terms = terms;
    this.byAddress = byAddress;
  }

  static Parties of(DealTerms terms) {
    Map<EvmAddress, Party> byAddress = new LinkedHashMap<>();
    PartyNames.of(terms)
        .forEach((who, name) -> byAddress.put(who, new Party(name, who, testKey("party " + who))));
    return new Parties(terms, byAddress);
  }

  /**
   * The same with an arbiter of one path's own: it sends transactions itself, and their nonces stay
   * in the journal when the chain is taken back.
   */
  Parties during(String path) {
    Map<EvmAddress, Party> changed = new LinkedHashMap<>(byAddress);
    changed.computeIfPresent(
        terms.head().arbiter(),
        (who, party) -> new Party(party.name(), who, testKey("arbiter of " + path)));
    return new Parties(terms, changed);
  }

  static LocalSigner testKey(String whose) {
    return LocalSigner.of(Keccak256.hash("earnest deal simulate: " + whose).bytes());
  }

  List<Party> all() {
    return List.copyOf(byAddress.values());
  }

  /** Who is played by this account. */
  Party playedBy(EvmAddress standIn) {
    return byAddress.values().stream()
        .filter(party -> party.standIn().address().equals(standIn))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nobody is played by " + standIn));
  }

  /** What a party of the terms puts down for all its legs, in atomic units. */
  BigInteger bonds(Party party) {
    BigInteger sum = BigInteger.ZERO;
    for (Leg leg : terms.legs()) {
      sum = leg.payee().equals(party.address()) ? sum.add(leg.bond()) : sum;
      sum = leg.standby().equals(party.address()) ? sum.add(leg.standbyBond()) : sum;
    }
    return sum;
  }

  /** The terms as they are played: other accounts and money, no agents, all else alike. */
  DealTerms played(EvmAddress token) {
    Head head = terms.head();
    return new DealTerms(
        new Head(
            standIn(head.client()),
            BigInteger.ZERO,
            0,
            token,
            standIn(head.arbiter()),
            head.rulingTime(),
            head.deadlockBps(),
            head.arbiterFeeBps(),
            standIn(head.feeReceiver()),
            head.feeBps(),
            head.openBy(),
            head.joinBy(),
            head.docHash()),
        terms.legs().stream().map(this::played).toList());
  }

  private Leg played(Leg leg) {
    return new Leg(
        standIn(leg.payee()),
        BigInteger.ZERO,
        0,
        leg.tag(),
        leg.amount(),
        leg.bond(),
        leg.penaltyMax(),
        leg.due(),
        leg.grace(),
        leg.review(),
        leg.silenceBps(),
        leg.criteriaHash(),
        standIn(leg.standby()),
        BigInteger.ZERO,
        0,
        leg.retainer(),
        leg.standbyBond(),
        leg.callWindow(),
        leg.standbyTime());
  }

  private EvmAddress standIn(EvmAddress who) {
    return who.isZero()
        ? who
        : Objects.requireNonNull(byAddress.get(who), "every party is played").standIn().address();
  }
}
