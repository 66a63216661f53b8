package org.earnest.payments.exact;

import java.util.Arrays;
import java.util.Optional;

/** Why a payment is not good: the strings that the reference implementation ships, and our few. */
public enum Reason {
  SCHEME("invalid_exact_evm_scheme", Remedy.CHOOSE_ANEW),
  NETWORK_MISMATCH("invalid_exact_evm_network_mismatch", Remedy.CHOOSE_ANEW),
  MISSING_EIP712_DOMAIN("invalid_exact_evm_missing_eip712_domain", Remedy.ASK_THE_SELLER),
  RECIPIENT_MISMATCH("invalid_exact_evm_recipient_mismatch", Remedy.SIGN_ANEW),
  VALUE_MISMATCH("invalid_exact_evm_payload_authorization_value_mismatch", Remedy.SIGN_ANEW),
  VALID_BEFORE("invalid_exact_evm_payload_authorization_valid_before", Remedy.SIGN_ANEW),
  VALID_AFTER("invalid_exact_evm_payload_authorization_valid_after", Remedy.SIGN_ANEW),
  SIGNATURE("invalid_exact_evm_signature", Remedy.SIGN_ANEW),
  NONCE_ALREADY_USED("invalid_exact_evm_nonce_already_used", Remedy.ASK_WHAT_MOVED),
  INSUFFICIENT_BALANCE("invalid_exact_evm_insufficient_balance", Remedy.FUND),
  TOKEN_NAME_MISMATCH("invalid_exact_evm_token_name_mismatch", Remedy.ASK_THE_SELLER),
  TOKEN_VERSION_MISMATCH("invalid_exact_evm_token_version_mismatch", Remedy.ASK_THE_SELLER),
  SIMULATION_FAILED("invalid_exact_evm_transaction_simulation_failed", Remedy.SIGN_ANEW),
  TRANSACTION_FAILED("invalid_exact_evm_transaction_failed", Remedy.SIGN_ANEW_LATER),
  TRANSFER_EVENT_MISMATCH("invalid_exact_evm_transfer_event_mismatch", Remedy.ASK_WHAT_MOVED),
  ASSET_NOT_DEPLOYED("asset_not_deployed_contract", Remedy.ASK_THE_SELLER),
  FACTORY_NOT_ALLOWED("eip6492_factory_not_allowed", Remedy.SIGN_ANEW),
  WALLET_DEPLOYMENT_FAILED("smart_wallet_deployment_failed", Remedy.SIGN_ANEW),
  UNSUPPORTED_PAYLOAD("unsupported_payload_type", Remedy.CHOOSE_ANEW),
  PERMIT2_SPENDER("invalid_permit2_spender", Remedy.SIGN_ANEW),
  PERMIT2_RECIPIENT_MISMATCH("invalid_permit2_recipient_mismatch", Remedy.SIGN_ANEW),
  PERMIT2_SIGNATURE("invalid_permit2_signature", Remedy.SIGN_ANEW),
  PERMIT2_DEADLINE_EXPIRED("permit2_deadline_expired", Remedy.SIGN_ANEW),
  PERMIT2_NOT_YET_VALID("permit2_not_yet_valid", Remedy.SIGN_ANEW),
  PERMIT2_AMOUNT_MISMATCH("permit2_amount_mismatch", Remedy.SIGN_ANEW),
  PERMIT2_TOKEN_MISMATCH("permit2_token_mismatch", Remedy.SIGN_ANEW),
  EIP2612_FORMAT("invalid_eip2612_extension_format", Remedy.SIGN_ANEW),
  EIP2612_FROM_MISMATCH("eip2612_from_mismatch", Remedy.SIGN_ANEW),
  EIP2612_ASSET_MISMATCH("eip2612_asset_mismatch", Remedy.SIGN_ANEW),
  EIP2612_SPENDER("eip2612_spender_not_permit2", Remedy.SIGN_ANEW),
  EIP2612_DEADLINE_EXPIRED("eip2612_deadline_expired", Remedy.SIGN_ANEW),
  EIP2612_AMOUNT_MISMATCH("permit2_2612_amount_mismatch", Remedy.SIGN_ANEW),
  PERMIT2_ALLOWANCE_REQUIRED("permit2_allowance_required", Remedy.APPROVE),
  PERMIT2_INSUFFICIENT_BALANCE("permit2_insufficient_balance", Remedy.FUND),
  PERMIT2_INVALID_NONCE("permit2_invalid_nonce", Remedy.ASK_WHAT_MOVED),
  PERMIT2_PROXY_NOT_DEPLOYED("permit2_proxy_not_deployed", Remedy.ASK_THE_SELLER),
  PERMIT2_SIMULATION_FAILED("permit2_simulation_failed", Remedy.SIGN_ANEW),
  UPTO_NETWORK_MISMATCH("invalid_upto_evm_network_mismatch", Remedy.CHOOSE_ANEW),
  UPTO_FACILITATOR_MISMATCH("upto_facilitator_mismatch", Remedy.SIGN_ANEW),
  UPTO_EXCEEDS_AMOUNT("invalid_upto_evm_payload_settlement_exceeds_amount", Remedy.ASK_THE_SELLER),
  UPTO_TRANSACTION_FAILED("invalid_upto_evm_transaction_failed", Remedy.SIGN_ANEW_LATER),
  CAPTURE_SCHEME("invalid_auth_capture_evm_scheme", Remedy.CHOOSE_ANEW),
  CAPTURE_NETWORK_MISMATCH("invalid_auth_capture_evm_network_mismatch", Remedy.CHOOSE_ANEW),
  CAPTURE_EXTRA("invalid_auth_capture_evm_extra", Remedy.ASK_THE_SELLER),
  CAPTURE_OPERATOR_TYPE(
      "invalid_auth_capture_evm_unsupported_operator_type", Remedy.ASK_THE_SELLER),
  CAPTURE_NO_OPERATOR("invalid_auth_capture_evm_operator_type_mismatch", Remedy.ASK_THE_SELLER),
  CAPTURE_NOT_ADMITTED("invalid_auth_capture_evm_operator_not_admitted", Remedy.ASK_THE_SELLER),
  CAPTURE_PAYMENT_FLOW("invalid_auth_capture_evm_unsupported_payment_flow", Remedy.ASK_THE_SELLER),
  CAPTURE_TRANSFER_METHOD(
      "invalid_auth_capture_evm_unsupported_asset_transfer_method", Remedy.CHOOSE_ANEW),
  CAPTURE_METHOD_MISMATCH("invalid_auth_capture_evm_payload_method_mismatch", Remedy.SIGN_ANEW),
  CAPTURE_POLICY("invalid_auth_capture_evm_policy", Remedy.ASK_THE_SELLER),
  CAPTURE_NOT_RELAYED("invalid_auth_capture_evm_lifecycle_not_relayed", Remedy.ASK_THE_SELLER),
  CAPTURE_PAYLOAD_FORMAT("invalid_auth_capture_evm_payload_format", Remedy.SIGN_ANEW),
  CAPTURE_DEADLINE_EXPIRED("invalid_auth_capture_evm_capture_deadline_expired", Remedy.CHOOSE_ANEW),
  CAPTURE_DEADLINE_ORDERING("invalid_auth_capture_evm_deadline_ordering", Remedy.SIGN_ANEW),
  CAPTURE_AUTHORIZATION_EXPIRED("invalid_auth_capture_evm_authorization_expired", Remedy.SIGN_ANEW),
  CAPTURE_NOT_YET_VALID("invalid_auth_capture_evm_authorization_not_yet_valid", Remedy.SIGN_ANEW),
  CAPTURE_SIGNATURE("invalid_auth_capture_evm_signature", Remedy.SIGN_ANEW),
  CAPTURE_FACTORY_NOT_ALLOWED(
      "invalid_auth_capture_evm_erc6492_factory_not_allowed", Remedy.SIGN_ANEW),
  CAPTURE_AMOUNT_MISMATCH("invalid_auth_capture_evm_amount_mismatch", Remedy.SIGN_ANEW),
  CAPTURE_COLLECTOR_MISMATCH("invalid_auth_capture_evm_token_collector_mismatch", Remedy.SIGN_ANEW),
  CAPTURE_NONCE_MISMATCH("invalid_auth_capture_evm_nonce_mismatch", Remedy.SIGN_ANEW),
  CAPTURE_ALREADY_COLLECTED(
      "invalid_auth_capture_evm_payment_already_collected", Remedy.ASK_WHAT_MOVED),
  CAPTURE_INSUFFICIENT_BALANCE("invalid_auth_capture_evm_insufficient_balance", Remedy.FUND),
  CAPTURE_SIMULATION_FAILED("invalid_auth_capture_evm_simulation_failed", Remedy.SIGN_ANEW),
  CAPTURE_TRANSACTION_REVERTED(
      "invalid_auth_capture_evm_transaction_reverted", Remedy.SIGN_ANEW_LATER),
  SETTLEMENT_PENDING("settlement_pending", Remedy.ASK_AGAIN),
  INVALID_PAYLOAD("invalid_payload", Remedy.SIGN_ANEW),
  UNEXPECTED_SETTLE_ERROR("unexpected_settle_error", Remedy.ASK_AGAIN),

  /** Ours: its time has passed in a block that counts as final, and nothing had used it. */
  AUTHORIZATION_EXPIRED("authorization_expired", Remedy.SIGN_ANEW),

  /** Ours: the facilitator cannot pay for gas. */
  RELAYER_OUT_OF_FUNDS("relayer_out_of_funds", Remedy.ASK_AGAIN),

  /** Ours: the chain asks for more per gas than the facilitator allows. */
  GAS_TOO_DEAR("gas_too_dear", Remedy.ASK_AGAIN),

  /** Ours: the transfer needs more gas than the facilitator allows. */
  TOO_MUCH_GAS("too_much_gas", Remedy.ASK_AGAIN),

  /** Ours: the facilitator could not send the transaction, for another reason of its own. */
  SETTLEMENT_NOT_SENT("settlement_not_sent", Remedy.ASK_AGAIN),

  /** Ours: the payer or the payee has had its share of the facilitator for now. */
  TOO_MANY_PAYMENTS("too_many_payments", Remedy.ASK_AGAIN),

  /** Ours: too much gas was lost to the payer's payments of late. */
  REVERTED_GAS_BUDGET_SPENT("reverted_gas_budget_spent", Remedy.ASK_AGAIN),

  /**
   * Ours: another payment goes with a permit of the same account, whose permits a token takes one
   * after the other.
   */
  EIP2612_NONCE_IN_USE("eip2612_nonce_in_use", Remedy.SIGN_ANEW_LATER),

  /** Ours: the facilitator does not move this token. */
  ASSET_NOT_ALLOWED("asset_not_allowed", Remedy.ASK_THE_SELLER),

  /** Ours: the facilitator does not pay gas for this payee. */
  PAYEE_NOT_ALLOWED("payee_not_allowed", Remedy.ASK_THE_SELLER),

  /** Ours: the facilitator spends no gas on payments of nothing. */
  PRICE_ZERO("price_zero", Remedy.ASK_THE_SELLER),

  /** Ours: the client's copy of the offer names another asset than the server's. */
  ASSET_MISMATCH("asset_mismatch", Remedy.CHOOSE_ANEW);

  private final String code;
  private final Remedy remedy;

  Reason(String code, Remedy remedy) {
    this.code = code;
    this.remedy = remedy;
  }

  /** The reason of this code; empty for one that only other facilitators know. */
  public static Optional<Reason> of(String code) {
    return Arrays.stream(values()).filter(reason -> reason.code.equals(code)).findFirst();
  }

  /** The stable string on the wire. */
  public String code() {
    return code;
  }

  public Remedy remedy() {
    return remedy;
  }
}
