package org.earnest.payments.exact;

/** Why a payment is not good: the strings that the reference implementation ships, and our few. */
public enum Reason {
  SCHEME("invalid_exact_evm_scheme"),
  NETWORK_MISMATCH("invalid_exact_evm_network_mismatch"),
  MISSING_EIP712_DOMAIN("invalid_exact_evm_missing_eip712_domain"),
  RECIPIENT_MISMATCH("invalid_exact_evm_recipient_mismatch"),
  VALUE_MISMATCH("invalid_exact_evm_payload_authorization_value_mismatch"),
  VALID_BEFORE("invalid_exact_evm_payload_authorization_valid_before"),
  VALID_AFTER("invalid_exact_evm_payload_authorization_valid_after"),
  SIGNATURE("invalid_exact_evm_signature"),
  NONCE_ALREADY_USED("invalid_exact_evm_nonce_already_used"),
  INSUFFICIENT_BALANCE("invalid_exact_evm_insufficient_balance"),
  TOKEN_NAME_MISMATCH("invalid_exact_evm_token_name_mismatch"),
  TOKEN_VERSION_MISMATCH("invalid_exact_evm_token_version_mismatch"),
  SIMULATION_FAILED("invalid_exact_evm_transaction_simulation_failed"),
  TRANSACTION_FAILED("invalid_exact_evm_transaction_failed"),
  TRANSFER_EVENT_MISMATCH("invalid_exact_evm_transfer_event_mismatch"),
  ASSET_NOT_DEPLOYED("asset_not_deployed_contract"),
  FACTORY_NOT_ALLOWED("eip6492_factory_not_allowed"),
  UNSUPPORTED_PAYLOAD("unsupported_payload_type"),
  SETTLEMENT_PENDING("settlement_pending"),
  INVALID_PAYLOAD("invalid_payload"),
  UNEXPECTED_SETTLE_ERROR("unexpected_settle_error"),

  /** Ours: the facilitator does not move this token. */
  ASSET_NOT_ALLOWED("asset_not_allowed"),

  /** Ours: the facilitator does not pay gas for this payee. */
  PAYEE_NOT_ALLOWED("payee_not_allowed"),

  /** Ours: the client's copy of the offer names another asset than the server's. */
  ASSET_MISMATCH("asset_mismatch");

  private final String code;

  Reason(String code) {
    this.code = code;
  }

  /** The stable string on the wire. */
  public String code() {
    return code;
  }
}
