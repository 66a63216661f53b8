package org.earnest.bindings.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.earnest.bindings.chain.Sandbox;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.TermsRules;
import org.earnest.testkit.deal.LegStep;
import org.earnest.testkit.deal.Purses;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The model of a leg against the contract that is shipped, over random histories. {@code
 * -Dlegs.histories=100000} plays more, {@code -Dlegs.seed=N -Dlegs.histories=1} the one that
 * disagreed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LegModelOnChainIT {
  private static final long SEED = Long.getLong("legs.seed", 20_261_121);
  private static final int HISTORIES = Integer.getInteger("legs.histories", 1_000);

  /** From here on everything that can happen has happened. */
  private static final int MANY = 1_000;

  private static final int SIDE_BY_SIDE = 100;
  private static final BigInteger BALANCE = BigInteger.TWO.pow(130);
  private static final BigInteger CREDIT = BigInteger.TWO.pow(RandomLegTerms.MAX_BITS + 1);
  private static final BigInteger GAS_MONEY = BigInteger.TEN.pow(20);

  private final Map<String, Integer> seen = new TreeMap<>();
  private final List<LegCast> casts = new ArrayList<>();
  private Sandbox sandbox;
  private Purses purses;
  private LegReplay replay;
  private LegHistories histories;

  @BeforeAll
  void begin() {
    sandbox =
        new Sandbox(
            "--auto-impersonate", "--no-request-size-limit", "--gas-limit", "1000000000000");
    Map<EvmAddress, BigInteger> balances = new HashMap<>();
    Map<EvmAddress, BigInteger> credits = new HashMap<>();
    for (int i = 0; i < Math.min(SIDE_BY_SIDE, HISTORIES); i++) {
      LegCast cast = LegCast.random();
      casts.add(cast);
      for (LocalSigner payer : cast.payers()) {
        endow(payer.address());
        balances.put(payer.address(), BALANCE.subtract(CREDIT));
        credits.put(payer.address(), CREDIT);
      }
    }
    purses = new Purses(balances, credits);
    histories = new LegHistories(sandbox.token, purses, sandbox.now() + 100);
    replay =
        new LegReplay(
            HttpJsonRpc.to(sandbox.anvil.url(), Duration.ofMinutes(2)),
            sandbox.chain.chainId(),
            sandbox.escrow,
            sandbox.token);
  }

  @AfterAll
  void end() {
    sandbox.close();
  }

  @Test
  void chainAndModelAgree() {
    for (int from = 0; from < HISTORIES; from += SIDE_BY_SIDE) {
      List<LegHistory> batch = batch(SEED + from, Math.min(SIDE_BY_SIDE, HISTORIES - from));
      assertThat(replay.play(batch)).isEmpty();
      batch.forEach(this::count);
    }
    System.out.println(HISTORIES + " histories from seed " + SEED + " agree: " + seen);
    if (HISTORIES >= MANY) {
      assertThat(seen.keySet())
          .contains(
              "AlreadyRated",
              "CallerIsNotParty",
              "DeadlinePassed",
              "InsufficientCredit",
              "InvalidSignature",
              "NoArbiter",
              "NoCredit",
              "NoStandby",
              "NotLapsed",
              "RatingOutOfRange",
              "SettlementAboveAmount",
              "SettlementAboveBond",
              "ShareAboveMax",
              "WrongState");
      assertThat(seen.keySet())
          .contains("ends ACCEPTED", "ends LAPSED", "ends MISSED", "ends RULED", "ends SETTLED")
          .contains("ends WITHDRAWN", "substituted", "late", "disputed before delivery");
    }
  }

  /** What the chain is told differs from what the model knows: that must be noticed. */
  @Test
  void aDifferenceIsFound() {
    List<LegHistory> told = new ArrayList<>();
    for (LegHistory history : batch(SEED, casts.size())) {
      told.add(
          new LegHistory(
              history.seed(),
              history.cast(),
              cheaper(history.terms()),
              history.joined(),
              history.opened(),
              history.tried()));
    }
    assertThat(replay.play(told)).isNotEmpty();
  }

  private static DealTerms cheaper(DealTerms terms) {
    Head head = terms.head();
    return new DealTerms(
        new Head(
            head.client(),
            head.clientAgentId(),
            head.clientAgentEpoch(),
            head.token(),
            head.arbiter(),
            head.rulingTime(),
            head.deadlockBps(),
            head.arbiterFeeBps(),
            head.feeReceiver(),
            Math.max(1, head.feeBps() - 1) * Integer.signum(head.feeBps()),
            head.openBy(),
            head.joinBy(),
            head.docHash()),
        terms.legs());
  }

  private List<LegHistory> batch(long seed, int size) {
    List<LegHistory> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      LegHistory history = histories.of(seed + i, casts.get(i));
      long opened = history.terms().head().openBy() - RandomLegTerms.OPEN_FOR;
      assertThat(TermsRules.firstBroken(history.terms(), sandbox.escrow, opened)).isEmpty();
      batch.add(history);
    }
    return batch;
  }

  private void count(LegHistory history) {
    for (LegHistory.Tried tried : history.tried()) {
      count(tried.step() instanceof LegStep.Refused(String error) ? error : "done");
    }
    LegState state = history.end().status().state();
    count("ends " + state);
    if (history.end().status().substituted()) {
      count("substituted");
    }
    if (history.end().status().late() > 0) {
      count("late");
    }
    if (history.end().status().disputedBeforeDelivery()) {
      count("disputed before delivery");
    }
  }

  private void count(String what) {
    seen.merge(what, 1, Integer::sum);
  }

  private void endow(EvmAddress account) {
    sandbox.rpc.require("anvil_setBalance", account.hex(), "0x" + GAS_MONEY.toString(16));
    sandbox.rpc.require(
        "anvil_dealERC20", account.hex(), sandbox.token.hex(), "0x" + BALANCE.toString(16));
    sandbox.send(account, new TokenCalls(sandbox.token).approve(sandbox.escrow, BALANCE));
    sandbox.send(
        account,
        new DealEscrowCalls(sandbox.escrow)
            .deposit(sandbox.token, account, CREDIT, Hash32.ZERO, new Funding.Allowance()));
  }
}
