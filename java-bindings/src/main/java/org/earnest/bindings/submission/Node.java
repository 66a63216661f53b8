package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.Reverts;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SubmissionRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the engine asks of a node beyond reading. */
final class Node {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  /** How nodes say that they have the transaction already; "unknown transaction type" is not it. */
  private static final Pattern KNOWN =
      Pattern.compile(
          "\\balready ?(known|imported|exists)\\b|\\bknown transaction\\b",
          Pattern.CASE_INSENSITIVE);

  private static final BigInteger DEFAULT_TIP = BigInteger.valueOf(1_000_000_000);

  private final JsonRpc rpc;

  Node(JsonRpc rpc) {
    this.rpc = rpc;
  }

  /** The reason for which the call would revert on that block, or empty if it would not. */
  Optional<String> rehearse(EvmAddress from, SubmissionRequest request, BlockTag at) {
    return switch (rpc.call("eth_call", transaction(from, request), at.rpc())) {
      case RpcReply.Result result -> Optional.empty();
      case RpcReply.Failure failure -> Optional.of(revert("eth_call", failure));
    };
  }

  /** Gas units, or the reason for which the call would revert. */
  Estimate estimateGas(EvmAddress from, SubmissionRequest request) {
    return switch (rpc.call("eth_estimateGas", transaction(from, request))) {
      case RpcReply.Result result -> new Estimate.Gas(possible(request, result.quantity()));
      case RpcReply.Failure failure -> new Estimate.Reverts(revert("eth_estimateGas", failure));
    };
  }

  /** With less than a transaction costs by itself nobody would ever mine it, nor what follows. */
  private static BigInteger possible(SubmissionRequest request, BigInteger estimate) {
    BigInteger least = IntrinsicGas.of(request);
    if (estimate.compareTo(least) < 0) {
      throw new ChainUnavailableException(
          "the node's estimate of " + estimate + " gas cannot be: " + least + " are the least");
    }
    return estimate;
  }

  /** The tip that the node suggests, wei per gas; 1 gwei where it has no opinion. */
  BigInteger priorityFee() {
    return switch (rpc.call("eth_maxPriorityFeePerGas")) {
      case RpcReply.Result result -> result.quantity();
      case RpcReply.Failure failure -> DEFAULT_TIP;
    };
  }

  /**
   * Sends stored bytes; sending them again does no harm.
   *
   * @return whether the node has them now; if not, it may have them from elsewhere, or had
   */
  boolean send(SignedTransaction transaction) {
    return switch (rpc.call("eth_sendRawTransaction", transaction.raw())) {
      case RpcReply.Result result ->
          transaction.hash().hex().equalsIgnoreCase(result.value().asString(""))
              || refused(transaction, 0, "it answered something that is not the hash");
      case RpcReply.Failure failure ->
          KNOWN.matcher(failure.message()).find()
              || refused(transaction, failure.code(), failure.message());
    };
  }

  /** Whether the node knows the transaction, waiting or mined; a node that cannot tell does. */
  boolean has(SignedTransaction transaction) {
    return switch (rpc.call("eth_getTransactionByHash", transaction.hash().hex())) {
      case RpcReply.Result result -> !result.value().isNull();
      case RpcReply.Failure failure -> true;
    };
  }

  private static boolean refused(SignedTransaction transaction, int code, String message) {
    LOG.atWarn()
        .addKeyValue("transaction", transaction.hash())
        .addKeyValue("signer", transaction.signer())
        .addKeyValue("nonce", transaction.nonce())
        .addKeyValue("code", code)
        .log("the node refused a transaction: {}", message);
    return false;
  }

  private static String revert(String method, RpcReply.Failure failure) {
    return Reverts.of(failure)
        .map(reverted -> RevertDecoder.decode(reverted.data()).toString())
        .orElseThrow(() -> new ChainUnavailableException(method + " failed: " + failure.message()));
  }

  private static Map<String, Object> transaction(EvmAddress from, SubmissionRequest request) {
    Map<String, Object> transaction = new LinkedHashMap<>();
    transaction.put("from", from.hex());
    transaction.put("to", request.to().hex());
    transaction.put("data", request.data());
    transaction.put("value", "0x" + request.value().toString(16));
    return transaction;
  }

  /** What a transaction would need. */
  sealed interface Estimate {
    record Gas(BigInteger units) implements Estimate {}

    record Reverts(String reason) implements Estimate {}
  }
}
