package org.earnest.payments.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a buyer is told to do never costs him the price twice. */
class RefusalTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalid_exact_evm_transfer_event_mismatch",
        "invalid_exact_evm_nonce_already_used",
      })
  void whereMoneyMayHaveMovedNobodyIsToldToSignAnotherPayment(String code) {
    Refusal refusal = Refusal.of(code, Optional.of("it was mined"));

    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.detail()).contains("sign no other one", "the seller");
    assertThat(refusal.retryable()).isFalse();
  }
}
