package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.Together;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many settlements at once by one signer. */
class SettlementBurstIT extends OnChain {
  private static final int PAYMENTS = 100;
  private static final int CONCURRENCY = 32;

  private Facilitator facilitator;

  @BeforeEach
  void connect() {
    facilitator = world.remoteFacilitator();
  }

  @Test
  void aHundredDifferentSettlementsAllSucceed() throws Exception {
    eachSettlesOnce(different(PAYMENTS));
  }

  @Test
  void andSoTheyDoWhenSendingsAreLost() throws Exception {
    world.proxy.failNext("eth_sendRawTransaction", RpcFault.DROPPED_BEFORE, RpcFault.DROPPED_AFTER);

    eachSettlesOnce(different(CONCURRENCY));
  }

  @Test
  void equalSettlementsAreOneTransaction() throws Exception {
    long before = world.transactions();

    List<SettleResponse> answers =
        Together.ask(
            CONCURRENCY,
            Collections.nCopies(CONCURRENCY, buyer.payment(offer)),
            payment -> Payments.settle(facilitator, payment));

    assertThat(answers).allMatch(SettleResponse::success);
    assertThat(answers)
        .extracting(SettleResponse::transaction)
        .containsOnly(answers.getFirst().transaction());
    assertThat(world.transactions() - before).isEqualTo(1);
    assertThat(spent()).isEqualTo(PRICE);
  }

  private List<FacilitatorRequest> different(int count) {
    return Stream.generate(() -> buyer.payment(offer)).limit(count).toList();
  }

  private void eachSettlesOnce(List<FacilitatorRequest> payments) throws Exception {
    long before = world.transactions();
    long sellerBefore = world.balance(World.SELLER);

    List<SettleResponse> answers =
        Together.ask(CONCURRENCY, payments, payment -> Payments.settle(facilitator, payment));

    assertThat(answers).allMatch(SettleResponse::success);
    assertThat(answers).extracting(SettleResponse::transaction).doesNotHaveDuplicates();
    assertThat(world.transactions() - before).isEqualTo(payments.size());
    assertThat(spent()).isEqualTo(PRICE * payments.size());
    assertThat(world.balance(World.SELLER) - sellerBefore).isEqualTo(PRICE * payments.size());
  }
}
