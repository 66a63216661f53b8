package org.earnest.payments.till;

import java.util.List;
import java.util.Optional;
import org.earnest.bindings.call.ChannelHubCalls.VoucherClaim;
import org.earnest.bindings.eip712.ClaimBatch;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hex;
import org.earnest.payments.channel.ChannelContracts;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequirements;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes what a facilitator needs to claim for a seller. */
final class ChannelClaims {
  private final EvmSigner authorizer;

  ChannelClaims(EvmSigner authorizer) {
    this.authorizer = authorizer;
  }

  /** The authorizer's signature over what these channels owe; all of one chain. */
  String signature(List<ChannelAccount> accounts) {
    List<ClaimBatch.Entry> entries =
        accounts.stream()
            .map(
                account ->
                    new ClaimBatch.Entry(account.id(), account.signedMax(), account.claimable()))
            .toList();
    byte[] message =
        new ClaimBatch(entries).message(ChannelContracts.domain(chain(accounts.getFirst())));
    return Hex.encode(authorizer.sign(message));
  }

  /**
   * Books what can be had of what these channels owe, of one chain each of which owes something.
   */
  FacilitatorRequest claim(List<ChannelAccount> accounts) {
    List<VoucherClaim> claims =
        accounts.stream().map(ChannelAccount::claim).flatMap(Optional::stream).toList();
    return request(
        accounts.getFirst(),
        new ChannelPayload.Claim(claims, Optional.of(signature(accounts)), true));
  }

  /** Pays out what was booked for a channel's receiver. */
  FacilitatorRequest settle(ChannelAccount account) {
    EvmAddress receiver = account.channel().receiver();
    return request(account, new ChannelPayload.Settle(receiver, account.channel().token()));
  }

  /** Asks what the chain says of a channel, by showing its last voucher. */
  FacilitatorRequest look(ChannelAccount account) {
    return request(
        account,
        new ChannelPayload.Pay(
            account.channel(),
            new ChannelPayload.Voucher(
                account.id(), account.signedMax(), account.signature().orElseThrow())));
  }

  private static FacilitatorRequest request(ChannelAccount account, ChannelPayload payload) {
    PaymentRequirements offer = account.offer();
    return FacilitatorRequest.of(
        new PaymentPayload(
            Optional.empty(),
            offer,
            payload.toJson(),
            JsonNodeFactory.instance.objectNode(),
            JsonNodeFactory.instance.objectNode()),
        offer);
  }

  static Caip2ChainId chain(ChannelAccount account) {
    return Caip2ChainId.parse(account.offer().network());
  }
}
