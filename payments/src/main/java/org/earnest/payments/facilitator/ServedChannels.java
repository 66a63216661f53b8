package org.earnest.payments.facilitator;

import java.util.List;
import java.util.Optional;
import org.earnest.bindings.call.ChannelHubCalls.VoucherClaim;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.core.chain.EvmAddress;
import org.earnest.payments.channel.ChannelReason;
import org.earnest.payments.wire.FacilitatorRequest;

/** For whose channels gas is spent here. */
record ServedChannels(FacilitatorPolicy policy, String network) {
  /** Why gas is not spent on this token or payee. */
  Optional<ChannelRefusal> objection(
      FacilitatorRequest request, EvmAddress token, EvmAddress receiver) {
    if (!request.requirements().network().equals(network)) {
      return Optional.of(
          ChannelRefusal.of(
              ChannelReason.NETWORK_MISMATCH, "this facilitator serves " + network + " alone"));
    }
    return policy
        .objection(token, receiver)
        .map(reason -> new ChannelRefusal(reason.code(), "this facilitator does not serve it"));
  }

  Optional<ChannelRefusal> objection(FacilitatorRequest request, ChannelConfig channel) {
    return objection(request, channel.token(), channel.receiver());
  }

  Optional<ChannelRefusal> objection(FacilitatorRequest request, List<VoucherClaim> claims) {
    return claims.stream().flatMap(one -> objection(request, one.channel()).stream()).findFirst();
  }
}
