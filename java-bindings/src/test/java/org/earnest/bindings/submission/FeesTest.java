package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.TransactionPlan;
import org.junit.jupiter.api.Test;

final class FeesTest {
  private static final long SEED = 7;
  private static final long TIP = 2_000;
  private static final Fees CAP = fees(1_000, TIP);

  @Test
  void bothFieldsAreRaisedByAnEighthOrMore() {
    Random random = new Random(SEED);
    for (int i = 0; i < 1_000; i++) {
      TransactionPlan plan = plan(random.nextLong(1L << 50), random.nextLong(1L << 40));
      Fees next = Fees.least(plan);
      assertThat(next.maxFeePerGas().multiply(BigInteger.valueOf(8)))
          .isGreaterThanOrEqualTo(plan.maxFeePerGas().multiply(BigInteger.valueOf(9)));
      assertThat(next.maxPriorityFeePerGas().multiply(BigInteger.valueOf(8)))
          .isGreaterThanOrEqualTo(plan.maxPriorityFeePerGas().multiply(BigInteger.valueOf(9)));
    }
  }

  @Test
  void whatTheChainAsksForIsOfferedIfItIsMore() {
    assertThat(Fees.within(plan(100, 10), fees(500, 20), CAP)).contains(fees(500, 20));
    assertThat(Fees.within(plan(100, 10), fees(50, 5), CAP)).contains(fees(113, 12));
  }

  @Test
  void theCapHolds() {
    assertThat(Fees.within(plan(100, 10), fees(5_000, 20), CAP)).contains(fees(1_000, 20));
    assertThat(Fees.within(plan(100, 10), fees(5_000, 4_000), CAP)).contains(fees(1_000, 1_000));
    assertThat(Fees.within(plan(888, 10), fees(5_000, 20), CAP)).contains(fees(1_000, 20));
    assertThat(Fees.within(plan(889, 10), fees(5_000, 20), CAP)).isEmpty();
  }

  @Test
  void theTipHasACapOfItsOwn() {
    Fees high = fees(10 * TIP, TIP);
    assertThat(Fees.within(plan(TIP, 10), fees(3 * TIP, 2 * TIP), high))
        .contains(fees(3 * TIP, TIP));
    assertThat(Fees.within(plan(TIP, TIP - 1), fees(3 * TIP, 2 * TIP), high)).isEmpty();
  }

  private static Fees fees(long fee, long tip) {
    return new Fees(BigInteger.valueOf(fee), BigInteger.valueOf(tip));
  }

  private static TransactionPlan plan(long fee, long tip) {
    return new TransactionPlan(
        EvmAddress.ZERO, 0, BigInteger.ONE, BigInteger.valueOf(fee), BigInteger.valueOf(tip));
  }
}
