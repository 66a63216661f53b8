package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.testing.Payments;
import org.junit.jupiter.api.Test;

/** What was found good is known for a while, and takes up room no longer than that. */
class VerifiedLatelyTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Payments.NOW);
  private final VerifiedLately lately = new VerifiedLately(now::get);

  @Test
  void aPaymentIsKnownForAWhile() {
    lately.add(new VerifiedPayment(payment("a")));

    assertThat(lately.has(payment("a"))).isTrue();
    assertThat(lately.has(payment("b"))).isFalse();
    now.set(Payments.NOW.plus(VerifiedLately.KEPT));
    assertThat(lately.has(payment("a"))).isFalse();
  }

  @Test
  void whatIsOverGivesWay() {
    lately.add(new VerifiedPayment(payment("a")));
    lately.add(new VerifiedPayment(payment("b")));
    now.set(Payments.NOW.plusSeconds(1));
    lately.add(new VerifiedPayment(payment("a")));
    now.set(Payments.NOW.plus(VerifiedLately.KEPT));
    lately.add(new VerifiedPayment(payment("c")));

    assertThat(lately.size()).isEqualTo(2);
    assertThat(lately.has(payment("a"))).isTrue();
  }

  private static EvmPayment payment(String nonce) {
    return Payments.read(Payments.good(nonce));
  }
}
