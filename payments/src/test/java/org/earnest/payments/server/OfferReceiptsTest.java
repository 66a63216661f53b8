package org.earnest.payments.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Optional;
import org.earnest.payments.testing.DidKey;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.SettleResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A receipt is worth something, and the paid answer more. */
class OfferReceiptsTest {
  private static final String SHOP = "https://shop.example/quote";
  private static final String HASH = Payments.seed("transaction").hex();
  private static final String PAYER = Payments.BUYER.address().hex();

  private final PaymentRequirements paid = Payments.offer().toWire();
  private final OfferReceipts receipts =
      new OfferReceipts(DidKey.random(), Optional.of(receipt -> "{}"), InstantSource.system());

  @Test
  void aSettlementGetsItsReceipt() {
    SettleResponse settled = SettleResponse.settled(PAYER, HASH, paid.network());

    SettleResponse signed = receipts.signed(settled, SHOP, paid);

    assertThat(signed.rest().at("/extensions/offer-receipt/info/receipt/signature").asString())
        .isNotEmpty();
    assertThat(signed.rest().at("/extensions/receipt-credential/info/credential").isObject())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"https://shop.example/a b,,", "https://shop.example/?x={},,", ",0x12,", ",,nobody"})
  void wordsThatNoReceiptCanNameKeepNothingFromThePayer(
      String resource, String transaction, String payer) {
    SettleResponse settled =
        SettleResponse.settled(
            Optional.ofNullable(payer).orElse(PAYER),
            Optional.ofNullable(transaction).orElse(HASH),
            paid.network());

    assertThat(receipts.signed(settled, Optional.ofNullable(resource).orElse(SHOP), paid))
        .isEqualTo(settled);
  }
}
