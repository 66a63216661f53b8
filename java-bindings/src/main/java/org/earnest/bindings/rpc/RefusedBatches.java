package org.earnest.bindings.rpc;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How nodes say that they take no batches, or none so large. JSON-RPC has no code for it. */
final class RefusedBatches {
  private static final int OK = 200;

  /** Bad Request, Method Not Allowed, Content Too Large, Unsupported Media Type, Unprocessable. */
  private static final Set<Integer> STATUS = Set.of(400, 405, 413, 415, 422);

  /** Parse error, Invalid Request: of an array, by who expects an object. */
  private static final Set<Integer> CODES = Set.of(-32700, -32600);

  private static final Pattern WORDS = Pattern.compile("\\bbatch", Pattern.CASE_INSENSITIVE);

  private RefusedBatches() {}

  static boolean byStatus(int status) {
    return STATUS.contains(status);
  }

  /**
   * What a node means that answered several calls with errors alone: the batch, where every error
   * names it, or one calls the request invalid, whose calls are not. Empty where it means what is
   * in it, or limits the rate.
   */
  static Optional<BatchReply.Refusal> byErrors(List<RpcReply.Failure> errors, int status) {
    if (errors.isEmpty()) {
      return Optional.empty();
    }
    RpcReply.Failure first = errors.getFirst();
    boolean forAll = errors.size() == 1 && status == OK && !RateLimits.isOne(first);
    boolean named = errors.stream().allMatch(RefusedBatches::namesIt);
    if (named || (forAll && CODES.contains(first.code()))) {
      return Optional.of(BatchReply.Refusal.OF_BATCH);
    }
    return forAll ? Optional.of(BatchReply.Refusal.UNEXPLAINED) : Optional.empty();
  }

  /** A contract may give any reason in any words. */
  private static boolean namesIt(RpcReply.Failure error) {
    return Reverts.of(error).isEmpty() && WORDS.matcher(error.message()).find();
  }
}
