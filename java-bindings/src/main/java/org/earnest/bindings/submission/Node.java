package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.Reverts;
import org.earnest.bindings.rpc.RpcCall;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SubmissionRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What the engine asks of a node beyond reading. */
final class Node {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  /** How nodes say that they have the transaction already; "unknown transaction type" is not it. */
  private static final Pattern KNOWN =
      Pattern.compile(
          "\\balready ?(known|imported|exists)\\b|\\bknown transaction\\b",
          Pattern.CASE_INSENSITIVE);

  static final String BALANCE = "eth_getBalance";
  private static final String CALL = "eth_call";
  private static final String ESTIMATE = "eth_estimateGas";
  private static final String BY_HASH = "eth_getTransactionByHash";
  private static final String SEND = "eth_sendRawTransaction";
  private static final String LATEST = BlockTag.Named.LATEST.rpc();
  private static final RpcCall PRIORITY_FEE = RpcCall.of("eth_maxPriorityFeePerGas");
  private static final RpcCall HEAD = RpcCall.of(Prices.BLOCK, LATEST, false);

  private final JsonRpc rpc;

  Node(JsonRpc rpc) {
    this.rpc = rpc;
  }

  /** The reason for which the call would revert on that block, or empty if it would not. */
  Optional<String> rehearse(EvmAddress from, SubmissionRequest request, BlockTag at) {
    return revert(rpc.call(CALL, transaction(from, request), at.rpc()));
  }

  static Optional<String> revert(RpcReply rehearsed) {
    return switch (rehearsed) {
      case RpcReply.Result result -> Optional.empty();
      case RpcReply.Failure failure -> Optional.of(revert(CALL, failure));
    };
  }

  /** Gas units, or the reason for which the call would revert. */
  Estimate estimateGas(EvmAddress from, SubmissionRequest request) {
    return estimate(request, rpc.call(ESTIMATE, transaction(from, request)));
  }

  static Estimate estimate(SubmissionRequest request, RpcReply estimated) {
    return switch (estimated) {
      case RpcReply.Result result -> new Estimate.Gas(possible(request, result.quantity()));
      case RpcReply.Failure failure -> new Estimate.Reverts(revert(ESTIMATE, failure));
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

  /** What the newest block says of a request, asked at once. */
  Prospect prospect(EvmAddress from, SubmissionRequest request) {
    Map<String, Object> transaction = transaction(from, request);
    List<RpcReply> replies =
        rpc.callAll(
            List.of(
                RpcCall.of(BALANCE, from.hex(), LATEST),
                RpcCall.of(CALL, transaction, LATEST),
                RpcCall.of(ESTIMATE, transaction),
                PRIORITY_FEE,
                HEAD));
    return new Prospect(
        request,
        replies.get(0),
        replies.get(1),
        replies.get(2),
        new Prices(replies.get(3), replies.get(4)));
  }

  /** What the newest block asks for. */
  Prices prices() {
    List<RpcReply> replies = rpc.callAll(List.of(PRIORITY_FEE, HEAD));
    return new Prices(replies.get(0), replies.get(1));
  }

  /**
   * Sends stored bytes; sending them again does no harm.
   *
   * @return whether the node has them now; if not, it may have them from elsewhere, or had
   */
  boolean send(SignedTransaction transaction) {
    return send(List.of(transaction)).getFirst();
  }

  /** The same for several, in their order. */
  List<Boolean> send(List<SignedTransaction> transactions) {
    List<RpcReply> replies =
        rpc.callAll(transactions.stream().map(signed -> RpcCall.of(SEND, signed.raw())).toList());
    return IntStream.range(0, transactions.size())
        .mapToObj(i -> took(transactions.get(i), replies.get(i)))
        .toList();
  }

  private static boolean took(SignedTransaction transaction, RpcReply reply) {
    return switch (reply) {
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
    return switch (rpc.call(BY_HASH, transaction.hash().hex())) {
      case RpcReply.Result result -> !result.value().isNull();
      case RpcReply.Failure failure -> true;
    };
  }

  /**
   * Whether the node says that it holds the transaction in no block; one that cannot tell does not.
   */
  boolean holdsUnmined(SignedTransaction transaction) {
    return rpc.call(BY_HASH, transaction.hash().hex()) instanceof RpcReply.Result(JsonNode held)
        && held.isObject()
        && !held.path("blockHash").isString();
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
