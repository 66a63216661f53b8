package org.earnest.reputation.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import java.util.OptionalInt;
import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;
import org.junit.jupiter.api.Test;

class ContributionTest {
  private static final EvmAddress CLIENT = new EvmAddress("0x" + "c1".repeat(20));
  private static final EvmAddress PAYEE = new EvmAddress("0x" + "ea".repeat(20));
  private static final EvmAddress TOKEN = new EvmAddress("0x" + "70".repeat(20));
  private static final Hash32 TAG = new Hash32("0x" + "7a".repeat(32));
  private static final long STANDBY_AGENT = 11;
  private static final DealId DEAL = new DealId(new Hash32("0x" + "de".repeat(32)));

  @Test
  void leavesARecordPerRatedRole() {
    List<Contribution> records =
        Contribution.of(terms(3, 9), closed(9, LegState.ACCEPTED, 80, 5, 990, 10), false);
    assertThat(records).extracting(Contribution::role).containsExactly(Role.PAYEE, Role.CLIENT);
    assertThat(records.getFirst().key())
        .isEqualTo(new SummaryKey(BigInteger.valueOf(9), 2, TOKEN, TAG));
    assertThat(records.getFirst().gross()).isEqualTo(BigInteger.valueOf(1_000));
    assertThat(records.getFirst().rating()).isEqualTo(OptionalInt.of(80));
    assertThat(records.getFirst().late()).isTrue();
    assertThat(records.getLast().key())
        .isEqualTo(new SummaryKey(BigInteger.valueOf(3), 1, TOKEN, Contribution.CLIENT_TAG));
    assertThat(records.getLast().rating()).isEqualTo(OptionalInt.empty());
    assertThat(records.getLast().late()).isFalse();
  }

  @Test
  void leavesNothingWhereNobodyIsRated() {
    assertThat(Contribution.of(terms(0, 0), closed(0, LegState.ACCEPTED, 255, 0, 10, 0), false))
        .isEmpty();
  }

  @Test
  void marksAMissOnThePayeeAlone() {
    List<Contribution> records =
        Contribution.of(terms(3, 9), closed(9, LegState.MISSED, 255, 0, 0, 0), false);
    assertThat(records).extracting(Contribution::missed).containsExactly(true, false);
  }

  @Test
  void refusesAnEventThatDoesNotFitTheTerms() {
    DealTerms terms = terms(3, 9);
    refused(terms, closed(8, LegState.ACCEPTED, 255, 0, 1, 0), "another agent");
    refused(terms, closed(9, LegState.DELIVERED, 255, 0, 1, 0), "DELIVERED");
    refused(terms, closed(9, LegState.ACCEPTED, 101, 0, 1, 0), "rating");
  }

  @Test
  void givesTheMissToTheFirstPayeeAndTheRestToTheStandby() {
    DealTerms terms = terms(3, 9);
    var miss = new DealEvent.Substituted(DEAL, BigInteger.valueOf(9), 0, 5, BigInteger.ZERO);
    assertThat(Contribution.of(terms, miss))
        .hasValueSatisfying(
            record -> {
              assertThat(record.key())
                  .isEqualTo(new SummaryKey(BigInteger.valueOf(9), 2, TOKEN, TAG));
              assertThat(record.missed()).isTrue();
            });
    List<Contribution> records =
        Contribution.of(terms, closed(STANDBY_AGENT, LegState.ACCEPTED, 80, 0, 10, 0), true);
    assertThat(records.getFirst().key())
        .isEqualTo(new SummaryKey(BigInteger.valueOf(STANDBY_AGENT), 4, TOKEN, TAG));
    refused(terms, closed(STANDBY_AGENT, LegState.ACCEPTED, 80, 0, 10, 0), "another agent");
  }

  @Test
  void tellsWhoLostARulingByTheMoney() {
    DealTerms terms = terms(3, 9);
    assertThat(lost(terms, 4)).containsExactly(true, false);
    assertThat(lost(terms, 5)).containsExactly(false, false);
    assertThat(lost(terms, 6)).containsExactly(false, true);
  }

  @Test
  void leavesNothingOfAnOfferThatNobodyJoined() {
    assertThat(Contribution.of(terms(3, 9), closed(0, LegState.WITHDRAWN, 255, 0, 0, 0), false))
        .isEmpty();
  }

  private static List<Boolean> lost(DealTerms terms, long toPayee) {
    return Contribution.of(terms, closed(9, LegState.RULED, 255, 0, toPayee, 0), false).stream()
        .map(Contribution::lost)
        .toList();
  }

  private static void refused(DealTerms terms, DealEvent.Closed closed, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Contribution.of(terms, closed, false))
        .withMessageContaining(why);
  }

  private static DealEvent.Closed closed(
      long agent, LegState outcome, int rating, long late, long toPayee, long fee) {
    return new DealEvent.Closed(
        DEAL,
        BigInteger.valueOf(agent),
        0,
        outcome,
        rating,
        late,
        BigInteger.valueOf(toPayee),
        BigInteger.ZERO,
        BigInteger.valueOf(fee),
        BigInteger.ZERO,
        BigInteger.ZERO,
        BigInteger.ZERO,
        EvmAddress.ZERO,
        Hash32.ZERO);
  }

  private static DealTerms terms(long clientAgent, long agent) {
    Head head =
        new Head(
            CLIENT,
            BigInteger.valueOf(clientAgent),
            1,
            TOKEN,
            EvmAddress.ZERO,
            0,
            0,
            0,
            EvmAddress.ZERO,
            0,
            1,
            0,
            Hash32.ZERO);
    Leg leg =
        new Leg(
            PAYEE,
            BigInteger.valueOf(agent),
            2,
            TAG,
            BigInteger.TEN,
            BigInteger.ZERO,
            BigInteger.ZERO,
            1,
            0,
            0,
            0,
            Hash32.ZERO,
            PAYEE,
            BigInteger.valueOf(STANDBY_AGENT),
            4,
            BigInteger.ZERO,
            BigInteger.ZERO,
            0,
            0);
    return new DealTerms(head, List.of(leg));
  }
}
