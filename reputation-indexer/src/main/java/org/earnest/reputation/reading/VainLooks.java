package org.earnest.reputation.reading;

import org.earnest.reputation.file.PaymentCheck;
import org.earnest.reputation.file.PaymentVerdict.Unknown;

/**
 * How often a feedback's file was looked at in vain. A site that is away says nothing about a
 * transaction, and a node that does not answer says nothing at all.
 *
 * @param file when it could not be had, or was another
 * @param transaction when the node knew no such payment
 */
record VainLooks(int file, int transaction) {
  VainLooks with(Note seen) {
    return switch (seen.state()) {
      case REFUSED, UNAVAILABLE, HASH_DIFFERS -> new VainLooks(file + 1, transaction);
      case READ -> isUnknown(seen) ? new VainLooks(file, transaction + 1) : this;
      case MALFORMED, WAITING -> this;
    };
  }

  private static boolean isUnknown(Note seen) {
    return seen.payment()
        .filter(Unknown.class::isInstance)
        .map(Unknown.class::cast)
        .filter(unknown -> unknown.code().equals(PaymentCheck.TRANSACTION_UNKNOWN))
        .isPresent();
  }
}
