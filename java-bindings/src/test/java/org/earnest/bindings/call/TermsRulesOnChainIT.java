package org.earnest.bindings.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.BrokenRule;
import org.earnest.core.deal.BrokenTermsException;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.TermsLimits;
import org.earnest.core.deal.TermsRules;
import org.junit.jupiter.api.Test;

/** What Java refuses in terms, the contract refuses under the same name, and nothing else. */
final class TermsRulesOnChainIT {
  private static final long SEED = 1907;
  private static final int ROUNDS = 3_000;
  private static final int ODDS = 50;

  /** 27 rules, and that none is broken. */
  private static final int RULES = 28;

  /** What the contract says next about terms that break no rule, as nobody has signed them. */
  private static final String PASSED = "SignatureCountMismatch";

  private final Random random = new Random(SEED);
  private List<EvmAddress> accounts = List.of();

  @Test
  void theTagOfClientsIsTheContracts() {
    assertThat(TermsLimits.CLIENT_TAG).isEqualTo(Keccak256.hash("earnest.client"));
  }

  @Test
  void javaAndTheContractRefuseAlike() {
    Map<String, Integer> seen = new HashMap<>();
    try (Bazaar bazaar = new Bazaar()) {
      EvmAddress escrow = bazaar.sandbox.escrow;
      accounts =
          List.of(
              bazaar.buyer.address(),
              bazaar.seller.address(),
              bazaar.standby.address(),
              bazaar.arbiter.address(),
              bazaar.sandbox.token,
              escrow,
              EvmAddress.ZERO);
      for (int round = 0; round < ROUNDS; round++) {
        DealTerms terms = terms(bazaar, 1 + random.nextInt(3));
        // A call is judged at the newest block's time.
        Optional<BrokenRule> java = TermsRules.firstBroken(terms, escrow, bazaar.sandbox.now());
        String contract =
            bazaar.refusal(bazaar.deals.open(terms, List.of(), List.of(), new Funding.Credit()));
        String name = contract.substring(0, contract.indexOf('('));
        assertThat(java.map(BrokenRule::error).orElse(PASSED))
            .as("seed %d, round %d, %s: %s", SEED, round, contract, terms)
            .isEqualTo(name);
        assertThat(built(terms, escrow, bazaar.sandbox.now()))
            .as("seed %d, round %d, by the builder", SEED, round)
            .isEqualTo(name);
        seen.merge(name, 1, Integer::sum);
      }
    }
    assertThat(seen.keySet())
        .as("every rule was broken, and some terms were good: %s", seen)
        .hasSize(RULES);
  }

  /** What the builder says of the same terms, written by it. */
  private static String built(DealTerms terms, EvmAddress escrow, long now) {
    try {
      assertThat(TermsRewritten.of(terms).build(escrow, Instant.ofEpochSecond(now)))
          .isEqualTo(terms);
      return PASSED;
    } catch (BrokenTermsException broken) {
      return broken.rule().error();
    }
  }

  private DealTerms terms(Bazaar bazaar, int legs) {
    long now = bazaar.sandbox.now();
    EvmAddress judge = random.nextBoolean() ? bazaar.arbiter.address() : EvmAddress.ZERO;
    boolean fee = random.nextInt(4) == 0;
    Head head =
        new Head(
            or(bazaar.buyer.address()),
            BigInteger.valueOf(rarely(0, 7, 8)),
            rarely(0, 1, 2),
            bazaar.sandbox.token,
            or(judge),
            rarely(
                judge.isZero() ? 0 : 100,
                1,
                0,
                TermsLimits.MAX_RULING_TIME,
                TermsLimits.MAX_RULING_TIME + 1),
            (int) rarely(5_000, 10_001, 65_535),
            (int) rarely(0, 1_001, 1_000),
            fee ? or(bazaar.stranger.address()) : or(EvmAddress.ZERO),
            (int) rarely(fee ? 100 : 0, 1_001, 1),
            rarely(now + 100, now - 1, 0, now),
            rarely(0, now + 50, now - 1),
            Hash32.ZERO);
    List<Leg> all = new ArrayList<>();
    for (int i = 0; i < legs; i++) {
      all.add(leg(bazaar, now, i));
    }
    return new DealTerms(head, all);
  }

  private Leg leg(Bazaar bazaar, long now, int index) {
    boolean standing = random.nextInt(3) == 0;
    return new Leg(
        or(bazaar.seller.address()),
        BigInteger.valueOf(rarely(index + 1L, 0, 1)),
        0,
        random.nextInt(40) == 0 ? TermsLimits.CLIENT_TAG : Bazaar.TAG,
        BigInteger.valueOf(rarely(1_000, 0, 500)),
        BigInteger.valueOf(rarely(600, 0, 599)),
        BigInteger.valueOf(rarely(600, 1_000, 1_001, 0)),
        rarely(
            now + 500,
            now,
            now + 1,
            now + TermsLimits.MAX_DUE_AHEAD,
            now + TermsLimits.MAX_DUE_AHEAD + 1),
        rarely(100, 0, TermsLimits.MAX_GRACE, TermsLimits.MAX_GRACE + 1),
        rarely(100, TermsLimits.MAX_REVIEW, TermsLimits.MAX_REVIEW + 1),
        (int) rarely(10_000, 10_001, TermsLimits.ESCALATE, TermsLimits.ESCALATE - 1),
        Hash32.ZERO,
        standing ? or(bazaar.standby.address()) : or(EvmAddress.ZERO),
        BigInteger.ZERO,
        rarely(0, 0, 1),
        BigInteger.valueOf(rarely(standing ? 10 : 0, 0, 1)),
        BigInteger.valueOf(rarely(standing ? 10 : 0, 0, 1)),
        rarely(
            standing ? 100 : 0, 0, 1, TermsLimits.MAX_CALL_WINDOW, TermsLimits.MAX_CALL_WINDOW + 1),
        rarely(
            standing ? 100 : 0,
            0,
            1,
            TermsLimits.MAX_STANDBY_TIME,
            TermsLimits.MAX_STANDBY_TIME + 1));
  }

  private EvmAddress or(EvmAddress usual) {
    return random.nextInt(25) == 0 ? accounts.get(random.nextInt(accounts.size())) : usual;
  }

  private long rarely(long usual, long... others) {
    int drawn = random.nextInt(ODDS);
    return drawn < others.length ? others[drawn] : usual;
  }
}
