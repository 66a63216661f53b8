package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.payments.exact.ExactPayment;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.testing.Payments;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final BigInteger GAS = BigInteger.valueOf(100_000);

  private final ExactPayment payment = Payments.read(Payments.good("one"));
  private Instant now = Payments.NOW;

  @Test
  void aPayerHasItsShareAgainWhenTheWindowIsOver() {
    Quotas quotas = quotas(2, 100);

    assertThat(take(quotas, payment)).isEmpty();
    assertThat(take(quotas, payment)).isEmpty();
    now = now.plusSeconds(20);
    Optional<Quotas.Exhausted> third = take(quotas, payment);
    now = now.plus(WINDOW);

    assertThat(reason(third)).contains(Reason.TOO_MANY_PAYMENTS);
    assertThat(third.map(Quotas.Exhausted::retryAfter)).contains(Duration.ofSeconds(40));
    assertThat(take(quotas, payment)).isEmpty();
  }

  @Test
  void aPayeeHasAShareOfItsOwn() {
    Quotas quotas = quotas(100, 1);

    assertThat(take(quotas, payment)).isEmpty();
    assertThat(reason(take(quotas, payment))).contains(Reason.TOO_MANY_PAYMENTS);
  }

  @Test
  void whatIsAskedForAgainIsCountedOnce() {
    Quotas quotas = quotas(1, 1);
    Hash32 first = Payments.seed("first payout");

    quotas.admitOnce(first, Payments.SELLER, Payments.SELLER);
    quotas.admitOnce(first, Payments.SELLER, Payments.SELLER);

    assertThatThrownBy(
            () -> quotas.admitOnce(Payments.seed("second"), Payments.SELLER, Payments.SELLER))
        .isInstanceOf(FacilitatorUnavailableException.class);
  }

  @Test
  void ofWhatCanBeDoneOnceFewWaysAreBegunWithinAWindow() {
    Quotas quotas = quotas(100, 100);
    Hash32 deposit = Payments.seed("deposit");
    for (int way = 0; way < Quotas.MOST_VARIATIONS; way++) {
      vary(quotas, deposit, way);
    }

    assertThatThrownBy(() -> vary(quotas, deposit, Quotas.MOST_VARIATIONS))
        .isInstanceOfSatisfying(
            FacilitatorUnavailableException.class,
            refusal -> assertThat(refusal.retryAfter()).contains(WINDOW));
    vary(quotas, deposit, 0);
    vary(quotas, Payments.seed("another deposit"), 100);
    now = now.plus(WINDOW);
    vary(quotas, deposit, Quotas.MOST_VARIATIONS);
  }

  @Test
  void gasThatWasLostHoldsUpNoClaims() {
    Quotas quotas = quotas(1, 1);
    quotas.minedInVain(Payments.SELLER, receipt("refund", GAS));
    Hash32 claims = Payments.seed("claims");

    quotas.admitClaim(claims, Payments.seed("way"), Payments.SELLER);
    quotas.admitClaim(claims, Payments.seed("way"), Payments.SELLER);

    assertThatThrownBy(
            () -> quotas.admitClaim(claims, Payments.seed("another way"), Payments.SELLER))
        .isInstanceOf(FacilitatorUnavailableException.class);
    assertThatThrownBy(() -> vary(quotas, Payments.seed("refund"), 1))
        .isInstanceOf(FacilitatorUnavailableException.class);
  }

  private static void vary(Quotas quotas, Hash32 what, int way) {
    quotas.admitVariation(what, Payments.seed("way " + way), Payments.SELLER, Payments.SELLER);
  }

  @Test
  void gasThatWasLostToAPayerIsBounded() {
    Quotas quotas = quotas(100, 100);
    Settlement settlement = Settlement.of(new VerifiedPayment(payment), 0);

    quotas.reverted(settlement, GAS.subtract(BigInteger.ONE));
    assertThat(take(quotas, payment)).isEmpty();
    quotas.reverted(settlement, BigInteger.ONE);
    Optional<Quotas.Exhausted> spent = take(quotas, payment);
    now = now.plus(HOUR).plusSeconds(1);

    assertThat(reason(spent)).contains(Reason.REVERTED_GAS_BUDGET_SPENT);
    assertThat(take(quotas, payment)).isEmpty();
  }

  @Test
  void gasOfADeploymentThatFailedIsCountedOnce() {
    Quotas quotas = quotas(100, 100);
    BigInteger most = GAS.subtract(BigInteger.ONE);

    quotas.minedInVain(payment.payer(), receipt("one", most));
    quotas.minedInVain(payment.payer(), receipt("one", most));
    assertThat(take(quotas, payment)).isEmpty();
    quotas.minedInVain(payment.payer(), receipt("two", BigInteger.ONE));

    assertThat(reason(take(quotas, payment))).contains(Reason.REVERTED_GAS_BUDGET_SPENT);
  }

  @Test
  void aStrangerUsesUpNothingOfThePayees() {
    Quotas quotas = quotas(100, 100);
    LocalSigner stranger = LocalSigner.of(Payments.seed("stranger").bytes());
    ExactPayment theirs =
        Payments.read(Payments.signed(Payments.offer(), by(stranger.address()), stranger));

    quotas.reverted(
        Settlement.of(new VerifiedPayment(theirs), 0), GAS.multiply(BigInteger.valueOf(1_000)));

    assertThat(reason(take(quotas, theirs))).contains(Reason.REVERTED_GAS_BUDGET_SPENT);
    assertThat(take(quotas, payment)).isEmpty();
  }

  private static TransferWithAuthorization by(EvmAddress payer) {
    TransferWithAuthorization one = Payments.authorization(Payments.offer(), "one");
    return new TransferWithAuthorization(
        payer, one.to(), one.value(), one.validAfter(), one.validBefore(), one.nonce());
  }

  private static TransactionReceipt receipt(String transaction, BigInteger gas) {
    return new TransactionReceipt(
        Payments.seed(transaction),
        new BlockRef(Payments.CHAIN, 1, Payments.seed("block")),
        Payments.SELLER,
        false,
        gas,
        BigInteger.ONE,
        Optional.empty(),
        List.of());
  }

  private Quotas quotas(int perPayer, int perPayee) {
    return new Quotas(new FacilitatorLimits(perPayer, perPayee, WINDOW, GAS, HOUR), () -> now);
  }

  private static Optional<Quotas.Exhausted> take(Quotas quotas, ExactPayment one) {
    return quotas.take(one.payer(), one.payTo());
  }

  private static Optional<Reason> reason(Optional<Quotas.Exhausted> exhausted) {
    return exhausted.map(Quotas.Exhausted::obstacle).map(Obstacle::reason);
  }
}
