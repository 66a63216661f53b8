package org.earnest.bindings.rpc;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** How nodes say that they take no batches, or none so large. JSON-RPC has no code for it. */
final class RefusedBatches {
  private static final int OK = 200;

  /** Bad Request, Method Not Allowed, Content Too Large, Unsupported Media Type, Unprocessable. */
  private static final Set<Integer> STATUS = Set.of(400, 405, 413, 415, 422);

  private static final Pattern WORDS = Pattern.compile("\\bbatch", Pattern.CASE_INSENSITIVE);

  private RefusedBatches() {}

  static boolean byStatus(int status) {
    return STATUS.contains(status);
  }

  /**
   * Whether a node that answered several calls with errors alone means the batch, and not what is
   * in it: every error names it, or one stands for all calls and is no limit of the rate.
   */
  static boolean byErrors(List<RpcReply.Failure> errors, int status) {
    boolean named = errors.stream().allMatch(error -> WORDS.matcher(error.message()).find());
    boolean forAll = errors.size() == 1 && status == OK && !RateLimits.isOne(errors.getFirst());
    return !errors.isEmpty() && (named || forAll);
  }
}
