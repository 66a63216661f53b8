package org.earnest.payments.channel;

/** Why a payment out of a channel is not good: the strings that the reference ships. */
public enum ChannelReason {
  SCHEME("scheme"),
  NETWORK_MISMATCH("network_mismatch"),
  PAYLOAD_TYPE("payload_type"),
  MISSING_EIP712_DOMAIN("missing_eip712_domain"),
  CHANNEL_ID_MISMATCH("channel_id_mismatch"),
  RECEIVER_MISMATCH("receiver_mismatch"),
  RECEIVER_AUTHORIZER_MISMATCH("receiver_authorizer_mismatch"),
  TOKEN_MISMATCH("token_mismatch"),
  WITHDRAW_DELAY_MISMATCH("withdraw_delay_mismatch"),
  VOUCHER_SIGNATURE("voucher_signature"),
  RECEIVE_AUTHORIZATION_SIGNATURE("receive_authorization_signature"),
  VALID_BEFORE("payload_authorization_valid_before"),
  VALID_AFTER("payload_authorization_valid_after"),
  DEPOSIT_BELOW_MIN("deposit_below_min_deposit"),
  INSUFFICIENT_BALANCE("insufficient_balance"),
  CHANNEL_NOT_FOUND("channel_not_found"),
  CUMULATIVE_EXCEEDS_BALANCE("cumulative_exceeds_balance"),
  CUMULATIVE_BELOW_CLAIMED("cumulative_below_claimed"),
  CUMULATIVE_MISMATCH("cumulative_amount_mismatch"),
  CHANNEL_BUSY("channel_busy"),
  MISSING_CHANNEL("missing_channel"),
  AUTHORIZER_NOT_CONFIGURED("authorizer_not_configured"),
  DEPOSIT_SIMULATION_FAILED("deposit_simulation_failed"),
  DEPOSIT_FAILED("deposit_transaction_failed"),
  CLAIM_SIMULATION_FAILED("claim_simulation_failed"),
  CLAIM_FAILED("claim_transaction_failed"),
  SETTLE_SIMULATION_FAILED("settle_simulation_failed"),
  SETTLE_FAILED("settle_transaction_failed"),
  NOTHING_TO_SETTLE("nothing_to_settle"),
  REFUND_SIMULATION_FAILED("refund_simulation_failed"),
  REFUND_FAILED("refund_transaction_failed"),
  REFUND_NO_BALANCE("refund_no_balance"),
  REFUND_AMOUNT_INVALID("refund_amount_invalid");

  private final String code;

  ChannelReason(String rest) {
    this.code = "invalid_batch_settlement_evm_" + rest;
  }

  /** The stable string on the wire. */
  public String code() {
    return code;
  }
}
