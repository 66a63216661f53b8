package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.payments.exact.ExactPayment;
import org.earnest.payments.store.PostgresSettlements;
import org.earnest.payments.testing.Authorizations;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.Together;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One payment after the other on its way on chain. */
class SettlementIT extends OnChain {
  private static final int DISTINCT = 500;
  private static final int TWINS = 8;

  private Facilitator facilitator;

  @BeforeEach
  void connect() {
    facilitator = world.remoteFacilitator();
  }

  @Test
  void aSettledPaymentMovesTheMoneyOnceHoweverOftenItIsSettled() {
    FacilitatorRequest payment = buyer.payment(offer);
    long before = world.transactions();
    long sellerBefore = world.balance(World.SELLER);

    SettleResponse first = settle(payment);
    SettleResponse again = settle(payment);

    assertThat(first.success()).as(first.toString()).isTrue();
    assertThat(again).isEqualTo(first);
    assertThat(world.transactions() - before).isEqualTo(1);
    assertThat(spent()).isEqualTo(PRICE);
    assertThat(world.balance(World.SELLER) - sellerBefore).isEqualTo(PRICE);
    assertThat(facilitator.verify(payment).invalidReason())
        .contains("invalid_exact_evm_nonce_already_used");
  }

  @Test
  void anotherPaymentUnderAUsedNonceIsRefused() {
    FacilitatorRequest first = buyer.payment(offer);
    TransferWithAuthorization used = Payments.read(first).authorization();
    settle(first);
    long before = world.transactions();

    SettleResponse other =
        settle(
            Payments.signed(
                offer, Authorizations.until(used, Instant.now().plusSeconds(90)), buyer.signer()));

    assertThat(other.errorReason()).contains("invalid_exact_evm_nonce_already_used");
    assertThat(world.transactions()).isEqualTo(before);
  }

  @Test
  void whatSomebodyElseBroughtOnChainFirstCountsAsSettled() {
    FacilitatorRequest payment = buyer.payment(offer);
    ExactPayment read = Payments.read(payment);
    Settlement settlement = Settlement.of(new VerifiedPayment(read), 0);
    new PostgresSettlements(world.database).begin(settlement);
    world.send(read.transfer());

    SettleResponse answer = settle(payment);

    assertThat(answer.success()).as(answer.toString()).isTrue();
    assertThat(spent()).isEqualTo(PRICE);
  }

  /** Two that insert one row meet at either of its unique indexes, now and then. */
  @Test
  void whoeverBeginsTheSameAtOnceIsToldOfTheSame() throws Exception {
    PostgresSettlements settlements = new PostgresSettlements(world.database);
    List<Settlement> wanted =
        IntStream.range(0, DISTINCT)
            .mapToObj(any -> Payments.read(buyer.payment(offer)))
            .map(read -> Settlement.of(new VerifiedPayment(read), 0))
            .flatMap(settlement -> Stream.generate(() -> settlement).limit(TWINS))
            .toList();

    List<Settlement> begun = Together.ask(TWINS, wanted, settlements::begin);

    assertThat(begun).isEqualTo(wanted);
  }

  @Test
  void anUnminedTransactionIsPendingAndLaterSettledByAskingAgain() {
    EvmFacilitator impatient = world.facilitator(world.usdc, Duration.ofMillis(300));
    FacilitatorRequest payment = buyer.payment(offer);
    SettleResponse pending = world.unmined(() -> impatient.settle(payment));

    SettleResponse settled = settle(payment);

    assertThat(pending.isPending()).as(pending.toString()).isTrue();
    assertThat(pending.transaction()).isNotEmpty();
    assertThat(settled.success()).isTrue();
    assertThat(settled.transaction()).isEqualTo(pending.transaction());
    assertThat(spent()).isEqualTo(PRICE);
  }

  @ParameterizedTest
  @EnumSource(
      value = RpcFault.class,
      names = {"DROPPED_BEFORE", "DROPPED_AFTER", "BAD_GATEWAY", "TOO_MANY_REQUESTS", "TRUNCATED"})
  void whateverBecomesOfTheSendingItIsSettledOnceByAskingAgain(RpcFault fault) {
    FacilitatorRequest payment = buyer.payment(offer);
    long before = world.transactions();
    world.proxy.failNext("eth_sendRawTransaction", fault);

    SettleResponse first = facilitator.settle(payment);
    SettleResponse again = settle(payment);

    assertThat(first.success() || first.isPending()).as(first.toString()).isTrue();
    assertThat(again.success()).as(again.toString()).isTrue();
    assertThat(world.transactions() - before).isEqualTo(1);
    assertThat(spent()).isEqualTo(PRICE);
  }

  private SettleResponse settle(FacilitatorRequest payment) {
    return Payments.settle(facilitator, payment);
  }
}
