package org.earnest.reputation.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.LegState;
import org.earnest.core.reputation.SettledSummary;
import org.junit.jupiter.api.Test;

class AccumulatorTest {
  private static final long SEED = 88;
  private static final SummaryKey KEY =
      new SummaryKey(BigInteger.ONE, 0, EvmAddress.ZERO, Hash32.ZERO);

  @Test
  void staysAtItsMaximaRatherThanOverflow() {
    SettledSummary full =
        new SettledSummary(
            BigInteger.ONE.shiftLeft(88).subtract(BigInteger.TWO),
            (1L << 32) - 1,
            (1L << 32) - 1,
            (1L << 40) - 50,
            (1L << 24) - 1,
            (1L << 20) - 1,
            (1L << 20) - 1);
    SettledSummary next =
        Accumulator.plus(full, record(BigInteger.TEN, OptionalInt.of(100), true, true, true));
    assertThat(next)
        .isEqualTo(
            new SettledSummary(
                BigInteger.ONE.shiftLeft(88).subtract(BigInteger.ONE),
                (1L << 32) - 1,
                (1L << 32) - 1,
                (1L << 40) - 1,
                (1L << 24) - 1,
                (1L << 20) - 1,
                (1L << 20) - 1));
  }

  @Test
  void countsARatingOfZeroAsARating() {
    SettledSummary one =
        Accumulator.plus(
            SettledSummary.NONE, record(BigInteger.TEN, OptionalInt.of(0), false, false, false));
    assertThat(one).isEqualTo(new SettledSummary(BigInteger.TEN, 1, 1, 0, 0, 0, 0));
  }

  @Test
  void doesNotDependOnTheOrderOfRecords() {
    Random random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      List<Contribution> records = new ArrayList<>();
      for (int i = random.nextInt(20); i >= 0; i--) {
        records.add(
            record(
                new BigInteger(random.nextInt(1, 90), random),
                random.nextBoolean() ? OptionalInt.of(random.nextInt(101)) : OptionalInt.empty(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean()));
      }
      SettledSummary inOrder = fold(records);
      Collections.shuffle(records, random);
      assertThat(fold(records)).as("seed %d, round %d", SEED, round).isEqualTo(inOrder);
    }
  }

  private static SettledSummary fold(List<Contribution> records) {
    SettledSummary sum = SettledSummary.NONE;
    for (Contribution record : records) {
      sum = Accumulator.plus(sum, record);
    }
    return sum;
  }

  private static Contribution record(
      BigInteger gross, OptionalInt rating, boolean missed, boolean late, boolean lost) {
    return new Contribution(
        KEY,
        Role.PAYEE,
        new DealId(Hash32.ZERO),
        0,
        LegState.ACCEPTED,
        gross,
        rating,
        missed,
        late,
        lost);
  }
}
