package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.bindings.call.ChannelHubCalls.VoucherClaim;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.bindings.eip712.ChannelVoucher;
import org.earnest.bindings.eip712.ClaimBatch;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.payments.channel.ChannelReason;
import org.earnest.payments.channel.ChannelState;

/**
 * Judges claims by who signed, and by what is booked. However many they are, the chain is asked
 * twice at most; what wallets say of vouchers is for the rehearsal.
 */
final class ClaimVerifier {
  private final ChannelVerifier channels;

  ClaimVerifier(ChannelVerifier channels) {
    this.channels = channels;
  }

  /** Who signs for them all. */
  static EvmAddress authorizer(List<VoucherClaim> claims) {
    return claims.getFirst().channel().receiverAuthorizer();
  }

  /** What their authorizer signs. */
  Hash32 digest(List<VoucherClaim> claims) {
    return new ClaimBatch(
            claims.stream()
                .map(
                    one ->
                        new ClaimBatch.Entry(
                            channels.id(one.channel()),
                            one.maxClaimableAmount(),
                            one.totalClaimed()))
                .toList())
        .digest(channels.domain());
  }

  /**
   * What is wrong with the signatures of one or more claims.
   *
   * @param signature the authorizer's, of them all
   */
  Optional<String> unsigned(List<VoucherClaim> claims, String signature) {
    EvmAddress authorizer = authorizer(claims);
    if (!claims.stream().allMatch(one -> one.channel().receiverAuthorizer().equals(authorizer))) {
      return Optional.of("the claims are of several authorizers");
    }
    if (claims.stream().anyMatch(this::isForged)) {
      return Optional.of("a voucher is not signed by the payer's side");
    }
    return isBy(authorizer, digest(claims), signature)
        ? Optional.empty()
        : Optional.of("the claims are not signed by their authorizer");
  }

  /**
   * Whether a key signed, or what has code may have: its own judgement is part of the rehearsal.
   */
  boolean isBy(EvmAddress signer, Hash32 digest, String signature) {
    return isByKey(signer, digest, signature) || channels.hasCode(signer);
  }

  /** The key of a payer's authorizer is all that counts; without one the payer may be a wallet. */
  private boolean isForged(VoucherClaim claim) {
    EvmAddress signer = claim.channel().payerAuthorizer();
    Hash32 id = channels.id(claim.channel());
    Hash32 digest = new ChannelVoucher(id, claim.maxClaimableAmount()).digest(channels.domain());
    return !signer.equals(EvmAddress.ZERO) && !isByKey(signer, digest, claim.signature());
  }

  private static boolean isByKey(EvmAddress signer, Hash32 digest, String signature) {
    return SignatureRecovery.recover(digest, Hex.decode(signature))
        .filter(signer::equals)
        .isPresent();
  }

  /** The hub passes over a claim that adds nothing, whoever signed it: that is gas for nothing. */
  Optional<ChannelRefusal> idle(List<VoucherClaim> claims) {
    return addingNothing(claims) == 0
        ? Optional.empty()
        : Optional.of(
            ChannelRefusal.of(
                ChannelReason.CUMULATIVE_BELOW_CLAIMED,
                "a claim adds nothing to what is booked of its channel"));
  }

  /**
   * How many claims the hub would count as booked though they add nothing to what is booked of
   * their channels, by then: a row that repeats one before it adds nothing either.
   */
  long addingNothing(List<VoucherClaim> claims) {
    if (claims.isEmpty()) {
      return 0;
    }
    List<Hash32> ids = claims.stream().map(one -> channels.id(one.channel())).toList();
    List<ChannelState> states = channels.states(ids);
    Map<Hash32, BigInteger> booked = new HashMap<>();
    long idle = 0;
    for (int row = 0; row < claims.size(); row++) {
      ChannelState state = states.get(row);
      BigInteger before = booked.getOrDefault(ids.get(row), state.totalClaimed());
      BigInteger total = claims.get(row).totalClaimed();
      if (total.compareTo(before) <= 0) {
        idle++;
      } else {
        booked.put(ids.get(row), total.min(state.balance()));
      }
    }
    return idle;
  }
}
