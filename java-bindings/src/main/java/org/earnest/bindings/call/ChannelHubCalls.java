package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.List;
import org.earnest.bindings.contract.ChannelHub;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.web3j.abi.DefaultFunctionEncoder;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;

/** Payment channels with the ABI of x402's {@code batch-settlement}. Amounts are atomic units. */
public final class ChannelHubCalls {
  private final EvmAddress hub;
  private final ChannelHub abi;

  public ChannelHubCalls(EvmAddress hub) {
    this.hub = hub;
    this.abi = Wrappers.channelHub();
  }

  /**
   * A voucher and what of it is claimed.
   *
   * @param signature prefixed hexadecimal
   * @param totalClaimed earned in all, since the channel began
   */
  public record VoucherClaim(
      ChannelConfig channel,
      BigInteger maxClaimableAmount,
      String signature,
      BigInteger totalClaimed) {}

  /** Takes money into a channel, fetched by a collector. */
  public ChainCall deposit(
      ChannelConfig channel, BigInteger amount, EvmAddress collector, byte[] collectorData) {
    return Wrappers.call(hub, abi.deposit(struct(channel), amount, collector.hex(), collectorData));
  }

  /** As the receivers' authorizer has signed; a bad claim reverts them all. */
  public ChainCall claimWithSignature(List<VoucherClaim> claims, byte[] signature) {
    return Wrappers.call(hub, abi.claimWithSignature(structs(claims), signature));
  }

  /** The same, but what cannot be claimed is passed over; not at others' hubs. */
  public ChainCall claimAvailable(List<VoucherClaim> claims, byte[] signature) {
    return Wrappers.call(hub, abi.claimAvailable(structs(claims), signature));
  }

  /** Keeps withdrawals off what vouchers allow; not at others' hubs. */
  public ChainCall reserve(List<VoucherClaim> vouchers) {
    return Wrappers.call(hub, abi.reserve(structs(vouchers)));
  }

  /** Pays a receiver what it claimed. */
  public ChainCall settle(EvmAddress receiver, EvmAddress token) {
    return Wrappers.call(hub, abi.settle(receiver.hex(), token.hex()));
  }

  /** Gives back what is unclaimed, as the receiver's authorizer has signed. */
  public ChainCall refundWithSignature(
      ChannelConfig channel, BigInteger amount, BigInteger nonce, byte[] signature) {
    return Wrappers.call(hub, abi.refundWithSignature(struct(channel), amount, nonce, signature));
  }

  /** Begins to take back; by the payer. */
  public ChainCall initiateWithdraw(ChannelConfig channel, BigInteger amount) {
    return Wrappers.call(hub, abi.initiateWithdraw(struct(channel), amount));
  }

  /** Takes back, after the delay; by the payer. */
  public ChainCall finalizeWithdraw(ChannelConfig channel) {
    return Wrappers.call(hub, abi.finalizeWithdraw(struct(channel)));
  }

  /** Several of these calls as one, which reverts if one of them does. */
  public ChainCall multicall(List<ChainCall> calls) {
    return Wrappers.call(
        hub, abi.multicall(calls.stream().map(call -> Hex.decode(call.data())).toList()));
  }

  /**
   * The nonce of a deposit's authorization, which binds it to its channel.
   *
   * @param salt below 2^256
   */
  public static Hash32 depositNonce(Hash32 channel, BigInteger salt) {
    return Keccak256.hash(encoded(List.of(new Bytes32(channel.bytes()), new Uint256(salt))));
  }

  /** What the collector of EIP-3009 deposits needs. */
  public static byte[] collectorData(
      ReceiveWithAuthorization authorization, BigInteger salt, byte[] signature) {
    return encoded(
        List.of(
            new Uint256(authorization.validAfter()),
            new Uint256(authorization.validBefore()),
            new Uint256(salt),
            new DynamicBytes(signature)));
  }

  @SuppressWarnings("rawtypes") // web3j's types are raw
  private static byte[] encoded(List<? extends Type> values) {
    return Hex.decode("0x" + new DefaultFunctionEncoder().encodeParameters(List.copyOf(values)));
  }

  private static List<ChannelHub.VoucherClaim> structs(List<VoucherClaim> claims) {
    return claims.stream()
        .map(
            claim ->
                new ChannelHub.VoucherClaim(
                    new ChannelHub.Voucher(struct(claim.channel()), claim.maxClaimableAmount()),
                    Hex.decode(claim.signature()),
                    claim.totalClaimed()))
        .toList();
  }

  private static ChannelHub.ChannelConfig struct(ChannelConfig channel) {
    return new ChannelHub.ChannelConfig(
        channel.payer().hex(),
        channel.payerAuthorizer().hex(),
        channel.receiver().hex(),
        channel.receiverAuthorizer().hex(),
        channel.token().hex(),
        BigInteger.valueOf(channel.withdrawDelay()),
        channel.salt().bytes());
  }
}
