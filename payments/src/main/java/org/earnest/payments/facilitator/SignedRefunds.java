package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.earnest.bindings.call.ChannelHubCalls;
import org.earnest.bindings.call.ChannelHubCalls.VoucherClaim;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.payments.channel.ChannelContracts;
import org.earnest.payments.channel.ChannelState;
import org.earnest.payments.wire.ChannelPayload;

/** What refunds that a receiver's authorizer signed do at the hub. */
final class SignedRefunds {
  private static final ChannelHubCalls HUB = new ChannelHubCalls(ChannelContracts.HUB);

  /** Topic of the hub's event, whose first indexed member is the channel. */
  private static final Hash32 REFUNDED =
      Keccak256.hash("Refunded(bytes32,address,uint128)".getBytes(StandardCharsets.US_ASCII));

  private SignedRefunds() {}

  /**
   * What brings it on chain, its claims before it.
   *
   * @param refund with the signatures that it needs
   */
  static ChainCall call(ChannelPayload.SignedRefund refund) {
    List<ChainCall> calls = new ArrayList<>();
    if (!refund.claims().isEmpty()) {
      calls.add(
          HUB.claimWithSignature(
              refund.claims(), Hex.decode(refund.claimSignature().orElseThrow())));
    }
    calls.add(
        HUB.refundWithSignature(
            refund.channel(),
            refund.amount(),
            refund.nonce(),
            Hex.decode(refund.refundSignature().orElseThrow())));
    return calls.size() == 1 ? calls.getFirst() : HUB.multicall(calls);
  }

  /** Whether it would be mined and give nothing back: the hub counts such a refund as done. */
  static boolean isVain(ChannelPayload.SignedRefund refund, ChannelState before) {
    BigInteger earned =
        refund.claims().stream()
            .filter(claim -> claim.channel().equals(refund.channel()))
            .map(VoucherClaim::totalClaimed)
            .reduce(before.totalClaimed(), BigInteger::max);
    return before.balance().compareTo(earned) <= 0;
  }

  /**
   * Stock servers claim what their channel owes again when they refund it: that one is let pass.
   */
  static List<VoucherClaim> claimsBeside(ChannelPayload.SignedRefund refund) {
    List<VoucherClaim> claims = refund.claims();
    return claims.size() == 1 && claims.getFirst().channel().equals(refund.channel())
        ? List.of()
        : claims;
  }

  /** What went back to the payer in a transaction, in atomic units. */
  static BigInteger given(TransactionReceipt receipt, Hash32 channel) {
    return receipt.logs().stream()
        .filter(
            log ->
                log.address().equals(ChannelContracts.HUB)
                    && log.topics().size() > 1
                    && log.topics().get(0).equals(REFUNDED)
                    && log.topics().get(1).equals(channel))
        .map(log -> new BigInteger(1, Hex.decode(log.data())))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
