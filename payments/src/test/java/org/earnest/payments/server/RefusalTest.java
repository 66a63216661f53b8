package org.earnest.payments.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.earnest.payments.wire.SettleResponse;
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
    assertThat(Refusal.unsettled(failure(code))).isEqualTo(refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "settlement_pending",
        "unexpected_settle_error",
        "invalid_exact_evm_transaction_simulation_failed",
        "invalid_exact_evm_payload_authorization_valid_before",
        "gas_too_dear",
        "what_only_another_facilitator_knows"
      })
  void whatIsNotSettledYetIsAskedForAgain(String code) {
    Refusal refusal = Refusal.unsettled(failure(code));

    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.detail()).contains("Send the same payment again; do not sign another one");
    assertThat(refusal.retryable()).isTrue();
  }

  private static SettleResponse failure(String code) {
    return SettleResponse.failed(code, "it was mined", Optional.empty(), "", "eip155:1");
  }
}
