package org.earnest.kit.submission;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SubmissionState;
import org.earnest.core.submission.TransactionPlan;
import org.jspecify.annotations.Nullable;

/** A state's parts by column. */
final class StateColumns {
  /** Of the row and of its history. */
  static final List<String> NAMES =
      List.of(
          "state",
          "signer",
          "nonce",
          "tx_hash",
          "raw",
          "cancels",
          "gas_limit",
          "max_fee_per_gas",
          "max_priority_fee_per_gas",
          "block_number",
          "block_hash",
          "code",
          "reason",
          "carrier",
          "carrier_index");

  private StateColumns() {}

  static Map<String, @Nullable Object> of(SubmissionState state) {
    Map<String, @Nullable Object> columns = new HashMap<>();
    columns.put("state", StateName.of(state).text());
    plan(columns, state.planned().orElse(null));
    transaction(columns, state.signed().orElse(null));
    block(columns, null);
    refusal(columns, null, null);
    place(columns, null);
    switch (state) {
      case SubmissionState.Mined mined -> block(columns, mined.block());
      case SubmissionState.Reverted reverted -> {
        block(columns, reverted.block());
        refusal(columns, null, reverted.reason());
      }
      case SubmissionState.Expired expired -> block(columns, expired.block());
      case SubmissionState.Final firm -> {
        block(columns, firm.block());
        refusal(columns, null, firm.revert().orElse(null));
      }
      case SubmissionState.Rejected rejected ->
          refusal(columns, rejected.code(), rejected.reason());
      case SubmissionState.Carried carried -> place(columns, carried);
      case SubmissionState.Dissolved s -> {}
      case SubmissionState.Claimed s -> {}
      case SubmissionState.Prepared s -> {}
      case SubmissionState.Signed s -> {}
      case SubmissionState.Broadcast s -> {}
      case SubmissionState.Replaced s -> {}
      case SubmissionState.Reorganised s -> {}
    }
    return columns;
  }

  /** A contract chooses its revert text, and PostgreSQL's text holds no NUL. */
  static SubmissionState storable(SubmissionState state) {
    return switch (state) {
      case SubmissionState.Reverted reverted ->
          new SubmissionState.Reverted(
              reverted.transaction(), reverted.block(), withoutNul(reverted.reason()));
      case SubmissionState.Final firm ->
          new SubmissionState.Final(
              firm.transaction(), firm.block(), firm.revert().map(StateColumns::withoutNul));
      case SubmissionState.Rejected rejected ->
          new SubmissionState.Rejected(rejected.code(), withoutNul(rejected.reason()));
      case SubmissionState.Claimed s -> s;
      case SubmissionState.Prepared s -> s;
      case SubmissionState.Signed s -> s;
      case SubmissionState.Broadcast s -> s;
      case SubmissionState.Mined s -> s;
      case SubmissionState.Expired s -> s;
      case SubmissionState.Replaced s -> s;
      case SubmissionState.Reorganised s -> s;
      case SubmissionState.Carried s -> s;
      case SubmissionState.Dissolved s -> s;
    };
  }

  private static String withoutNul(String text) {
    return text.replace('\0', '\uFFFD');
  }

  private static void plan(Map<String, @Nullable Object> columns, @Nullable TransactionPlan plan) {
    columns.put("signer", plan == null ? null : plan.signer().hex());
    columns.put("nonce", plan == null ? null : plan.nonce());
    columns.put("gas_limit", plan == null ? null : plan.gasLimit());
    columns.put("max_fee_per_gas", plan == null ? null : plan.maxFeePerGas());
    columns.put("max_priority_fee_per_gas", plan == null ? null : plan.maxPriorityFeePerGas());
  }

  private static void transaction(
      Map<String, @Nullable Object> columns, @Nullable SignedTransaction transaction) {
    columns.put("tx_hash", transaction == null ? null : transaction.hash().hex());
    columns.put("raw", transaction == null ? null : transaction.raw());
    columns.put("cancels", transaction != null && transaction.cancels());
  }

  private static void block(Map<String, @Nullable Object> columns, @Nullable BlockRef block) {
    columns.put("block_number", block == null ? null : block.number());
    columns.put("block_hash", block == null ? null : block.hash().hex());
  }

  private static void refusal(
      Map<String, @Nullable Object> columns, @Nullable String code, @Nullable String reason) {
    columns.put("code", code);
    columns.put("reason", reason);
  }

  private static void place(
      Map<String, @Nullable Object> columns, SubmissionState.@Nullable Carried carried) {
    columns.put("carrier", carried == null ? null : carried.carrier().digest().bytes());
    columns.put("carrier_index", carried == null ? null : carried.index());
  }
}
