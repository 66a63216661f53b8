package org.earnest.core.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.junit.jupiter.api.Test;

final class DealTermsBuilderTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
  private static final EvmAddress CLIENT = address("c1");
  private static final EvmAddress PAYEE = address("ea");
  private static final EvmAddress STANDBY = address("5b");
  private static final EvmAddress JUDGE = address("a9");
  private static final EvmAddress TOKEN = address("70");
  private static final EvmAddress ESCROW = address("e5");
  private static final Hash32 DOCUMENT = new Hash32("0x" + "0d".repeat(32));

  @Test
  void writesDownWhatIsSaid() {
    DealTerms terms =
        good().leg(PAYEE, leg -> standing(leg).tag(DOCUMENT).criteria(DOCUMENT)).build(ESCROW, NOW);
    Head head = terms.head();
    assertThat(head.client()).isEqualTo(CLIENT);
    assertThat(head.rulingTime()).isEqualTo(86_400);
    assertThat(head.deadlockBps()).isEqualTo(5_000);
    assertThat(head.arbiterFeeBps()).isEqualTo(300);
    assertThat(head.openBy()).isEqualTo(NOW.getEpochSecond() + 3_600);
    Leg leg = terms.legs().getFirst();
    assertThat(leg.due()).isEqualTo(NOW.getEpochSecond() + 7_200);
    assertThat(leg.grace()).isEqualTo(3_600);
    assertThat(leg.silenceBps()).isEqualTo(TermsLimits.ESCALATE);
    assertThat(leg.standby()).isEqualTo(STANDBY);
    assertThat(leg.callWindow()).isEqualTo(600);
    assertThat(leg.standbyTime()).isEqualTo(1_200);
    assertThat(terms.total()).isEqualTo(BigInteger.valueOf(1_010));
  }

  @Test
  void refusesWhatTheEscrowWouldRefuseByItsName() {
    assertThatThrownBy(() -> good().leg(CLIENT, DealTermsBuilderTest::standing).build(ESCROW, NOW))
        .isInstanceOfSatisfying(
            BrokenTermsException.class,
            broken -> assertThat(broken.rule().error()).isEqualTo("ClientIsPayee"))
        .hasMessageContaining("Leg 0");
    assertThatThrownBy(
            () -> good().leg(PAYEE, leg -> standing(leg).bond(BigInteger.ONE)).build(ESCROW, NOW))
        .hasMessageStartingWith("PenaltyAboveBond: Leg 0");
  }

  @Test
  void refusesTooFewLegsAndTooManyByName() {
    DealTermsBuilder many = good();
    for (int i = 0; i <= DealTerms.MAX_LEGS; i++) {
      many.leg(PAYEE, DealTermsBuilderTest::standing);
    }
    assertThatThrownBy(() -> many.build(ESCROW, NOW))
        .isInstanceOf(BrokenTermsException.class)
        .hasMessage("LegCountOutOfRange: There are 65 legs; a deal has 1 to 64.");
    assertThatThrownBy(() -> good().build(ESCROW, NOW))
        .isInstanceOf(BrokenTermsException.class)
        .hasMessage("LegCountOutOfRange: There are 0 legs; a deal has 1 to 64.");
  }

  @Test
  void refusesTimesThatNobodyWouldWaitFor() {
    Duration most = Duration.ofDays(365);
    assertThatThrownBy(
            () ->
                good()
                    .judgedBy(JUDGE, most.plusSeconds(1), 0)
                    .leg(PAYEE, DealTermsBuilderTest::standing)
                    .build(ESCROW, NOW))
        .hasMessage("RulingTimeAboveMax: rulingTime 31536001 s is above 31536000 s.");
    Duration longest = Duration.ofDays(180);
    assertThatThrownBy(() -> standingBy(longest.plusSeconds(1), most))
        .hasMessage("CallWindowAboveMax: Leg 0: callWindow 15552001 s is above 15552000 s.");
    assertThatThrownBy(() -> standingBy(longest, most.plusSeconds(1)))
        .hasMessage("StandbyTimeAboveMax: Leg 0: standbyTime 31536001 s is above 31536000 s.");
    assertThat(standingBy(longest, most).legs()).hasSize(1);
  }

  private static DealTerms standingBy(Duration window, Duration time) {
    return good()
        .leg(
            PAYEE,
            leg -> standing(leg).standby(STANDBY, BigInteger.TEN, BigInteger.TEN, window, time))
        .build(ESCROW, NOW);
  }

  @Test
  void cutsNothingOffADuration() {
    assertThatThrownBy(() -> good().leg(PAYEE, leg -> leg.review(Duration.ofMillis(1_500), 10_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("review is no whole number of seconds: PT1.5S");
    assertThatThrownBy(() -> good().judgedBy(JUDGE, Duration.ofNanos(1), 0))
        .hasMessageStartingWith("rulingTime is no whole number of seconds");
  }

  private static DealTermsBuilder good() {
    return DealTerms.with(CLIENT)
        .in(TOKEN)
        .judgedBy(JUDGE, Duration.ofDays(1), 5_000)
        .arbiterFee(300)
        .openBy(NOW.plusSeconds(3_600))
        .document(DOCUMENT);
  }

  private static LegBuilder standing(LegBuilder leg) {
    return leg.amount(BigInteger.valueOf(1_000))
        .bond(BigInteger.valueOf(500))
        .due(NOW.plusSeconds(7_200))
        .grace(Duration.ofHours(1), BigInteger.valueOf(500))
        .reviewElseArbiter(Duration.ofDays(1))
        .standby(
            STANDBY,
            BigInteger.TEN,
            BigInteger.TEN,
            Duration.ofMinutes(10),
            Duration.ofMinutes(20));
  }

  private static EvmAddress address(String octet) {
    return new EvmAddress("0x" + octet.repeat(20));
  }
}
