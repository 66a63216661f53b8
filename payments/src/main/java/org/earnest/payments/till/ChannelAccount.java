package org.earnest.payments.till;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.earnest.bindings.call.ChannelHubCalls.VoucherClaim;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.core.chain.Hash32;
import org.earnest.payments.channel.ChannelState;
import org.earnest.payments.wire.PaymentRequirements;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A channel in its seller's books. Amounts are atomic units since the channel began.
 *
 * @param offer that was last paid out of it
 * @param state as last seen on chain
 * @param seenAt when that was
 * @param earned what was sold for it, and what was claimed before it was known here
 * @param withheld of a refund that was signed and is not seen on chain yet; not for sale
 * @param cursor the highest amount that a sold voucher has; above {@link #earned} where a voucher
 *     before it bought nothing
 * @param signedMax the highest voucher's amount
 * @param signature the highest voucher's; empty while there is none
 */
public record ChannelAccount(
    Hash32 id,
    PaymentRequirements offer,
    ChannelConfig channel,
    ChannelState state,
    Instant seenAt,
    BigInteger earned,
    BigInteger withheld,
    BigInteger cursor,
    BigInteger signedMax,
    Optional<String> signature) {
  /** What can be claimed now and is not; empty where that is nothing. */
  public Optional<VoucherClaim> claim() {
    return signature
        .filter(held -> unclaimed().signum() > 0)
        .map(held -> new VoucherClaim(channel, signedMax, held, claimable()));
  }

  public BigInteger unclaimed() {
    return claimable().subtract(state.totalClaimed());
  }

  /** What the hub books at most of what was earned. */
  BigInteger claimable() {
    return earned.min(state.balance()).min(signedMax);
  }

  /** What was earned and is no longer there to be claimed: a withdrawal outran its claim. */
  BigInteger lost() {
    return earned.subtract(state.balance()).max(BigInteger.ZERO);
  }

  /** What can still be sold or given back. */
  BigInteger left() {
    return state.balance().subtract(earned).subtract(withheld);
  }

  /** As a buyer is told that its voucher does not follow; it can check the signature, its own. */
  ObjectNode correction() {
    ObjectNode extra = JsonNodeFactory.instance.objectNode();
    ObjectNode told = extra.putObject("channelState");
    state.write(told, id);
    told.put("chargedCumulativeAmount", cursor.toString());
    signature.ifPresent(
        held ->
            extra
                .putObject("voucherState")
                .put("signedMaxClaimable", signedMax.toString())
                .put("signature", held));
    return extra;
  }
}
