package org.earnest.payments.testing;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.bindings.call.ChannelHubCalls;
import org.earnest.bindings.call.ChannelHubCalls.VoucherClaim;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.bindings.eip712.ChannelVoucher;
import org.earnest.bindings.eip712.ClaimBatch;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.channel.ChannelContracts;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentPayload;
import tools.jackson.databind.node.JsonNodeFactory;

/** Channels in a {@link World}: the hub at its address, and payloads signed by hand. */
public final class Channels {
  private static final ChannelHubCalls HUB = new ChannelHubCalls(ChannelContracts.HUB);
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** Tests move the chain's clock ahead. */
  private static final Duration GOOD_FOR = Duration.ofDays(1);

  /** How compiled code tells which function was called. */
  private static final String PUSH4 = "63";

  private static final String EQ = "14";
  private static final String NOBODY_CALLS = "ffffffff";
  private static final int SELECTOR_END = 10;

  private Channels() {}

  /** Puts hub and collector where clients look for them. */
  public static void install(World world) {
    place(world, ChannelContracts.HUB, CreationCode.channelHub());
    place(world, ChannelContracts.COLLECTOR, CreationCode.depositCollector(ChannelContracts.HUB));
  }

  /** Makes a hub of it that has the reference's functions alone; channels stay as they are. */
  public static void asTheReferenceHasIt(World world) {
    String code = world.chain.code(ChannelContracts.HUB, BlockTag.Named.LATEST);
    for (String own :
        List.of(
            HUB.claimAvailable(List.of(), new byte[0]).data(),
            HUB.reserve(List.of()).data(),
            Keccak256.hash("RESERVATION_TIME()").hex(),
            Keccak256.hash("reservations(bytes32)").hex())) {
      String dispatch = PUSH4 + own.substring(2, SELECTOR_END) + EQ;
      if (!code.contains(dispatch)) {
        throw new AssertionError("the hub has no function " + own.substring(0, SELECTOR_END));
      }
      code = code.replace(dispatch, PUSH4 + NOBODY_CALLS + EQ);
    }
    world.rpc.require("anvil_setCode", ChannelContracts.HUB.hex(), code);
  }

  private static void place(World world, EvmAddress at, String creationCode) {
    EvmAddress made = world.deploy(creationCode);
    String code = world.rpc.require("eth_getCode", made.hex(), "latest").stringValue();
    world.rpc.require("anvil_setCode", at.hex(), code);
  }

  public static ChannelTerms terms(World world, long price, EvmAddress authorizer) {
    return terms(TokenAmount.of(world.usdc, price), authorizer);
  }

  /** The same in any token that has the test token's domain. */
  public static ChannelTerms terms(TokenAmount price, EvmAddress authorizer) {
    return terms(price, World.SELLER, authorizer);
  }

  /** The same for another seller. */
  public static ChannelTerms terms(TokenAmount price, EvmAddress payTo, EvmAddress authorizer) {
    return ChannelTerms.of(price, payTo, TIMEOUT, authorizer, "USD Coin", "2");
  }

  /** The channel that a client opens by itself. */
  public static ChannelConfig channel(ChannelTerms terms, EvmAddress payer) {
    return terms.channel(payer, Hash32.ZERO);
  }

  public static ChannelPayload.Voucher voucher(ChannelTerms terms, LocalSigner payer, long max) {
    return voucher(terms, channel(terms, payer.address()), payer, max);
  }

  private static ChannelPayload.Voucher voucher(
      ChannelTerms terms, ChannelConfig channel, LocalSigner payer, long max) {
    Hash32 id = channel.id(ChannelContracts.domain(terms.chain()));
    BigInteger amount = BigInteger.valueOf(max);
    byte[] signature =
        payer.sign(new ChannelVoucher(id, amount).message(ChannelContracts.domain(terms.chain())));
    return new ChannelPayload.Voucher(id, amount, Hex.encode(signature));
  }

  public static ChannelPayload pay(ChannelTerms terms, LocalSigner payer, long max) {
    return new ChannelPayload.Pay(channel(terms, payer.address()), voucher(terms, payer, max));
  }

  /** A deposit whose voucher has the amount. */
  public static ChannelPayload deposit(
      ChannelTerms terms, LocalSigner payer, long money, long max) {
    return deposit(terms, channel(terms, payer.address()), payer, money, max);
  }

  /** The same into any channel of the payer's. */
  public static ChannelPayload deposit(
      ChannelTerms terms, ChannelConfig channel, LocalSigner payer, long money, long max) {
    ChannelPayload.Voucher voucher = voucher(terms, channel, payer, max);
    BigInteger salt = new BigInteger(1, Hash32.ZERO.bytes()).add(BigInteger.valueOf(money));
    BigInteger end = BigInteger.valueOf(Instant.now().plus(GOOD_FOR).getEpochSecond());
    ChannelPayload.Deposit unsigned =
        new ChannelPayload.Deposit(
            channel, voucher, BigInteger.valueOf(money), BigInteger.ZERO, end, salt, "0x");
    return until(terms, unsigned, payer, end);
  }

  /** The same deposit, which its payer signs for another end. */
  public static ChannelPayload.Deposit until(
      ChannelTerms terms, ChannelPayload.Deposit deposit, LocalSigner payer, BigInteger end) {
    ReceiveWithAuthorization authorization =
        new ReceiveWithAuthorization(
            payer.address(),
            ChannelContracts.COLLECTOR,
            deposit.amount(),
            deposit.validAfter(),
            end,
            ChannelHubCalls.depositNonce(deposit.voucher().channelId(), deposit.salt()));
    return new ChannelPayload.Deposit(
        deposit.channel(),
        deposit.voucher(),
        deposit.amount(),
        deposit.validAfter(),
        end,
        deposit.salt(),
        Hex.encode(payer.sign(authorization.message(terms.token()))));
  }

  /** What a facilitator is asked about a payload. */
  public static FacilitatorRequest request(ChannelTerms terms, ChannelPayload payload) {
    return FacilitatorRequest.of(
        new PaymentPayload(
            Optional.empty(),
            terms.toWire(),
            payload.toJson(),
            JsonNodeFactory.instance.objectNode(),
            JsonNodeFactory.instance.objectNode()),
        terms.toWire());
  }

  /** What a seller claims by a voucher. */
  public static VoucherClaim claim(ChannelTerms terms, LocalSigner payer, long max, long total) {
    return new VoucherClaim(
        channel(terms, payer.address()),
        BigInteger.valueOf(max),
        voucher(terms, payer, max).signature(),
        BigInteger.valueOf(total));
  }

  /** A claim with its authorizer's signature. */
  public static ChannelPayload.Claim claim(
      ChannelTerms terms, LocalSigner authorizer, VoucherClaim... claims) {
    return new ChannelPayload.Claim(
        List.of(claims), Optional.of(signature(terms, authorizer, claims)));
  }

  /** The same, of which what can be booked is. */
  public static ChannelPayload.Claim claimAvailable(
      ChannelTerms terms, LocalSigner authorizer, VoucherClaim... claims) {
    return new ChannelPayload.Claim(
        List.of(claims), Optional.of(signature(terms, authorizer, claims)), true);
  }

  /** An authorizer's signature of claims. */
  public static String signature(
      ChannelTerms terms, LocalSigner authorizer, VoucherClaim... claims) {
    Eip712Domain hub = ChannelContracts.domain(terms.chain());
    List<ClaimBatch.Entry> entries =
        Stream.of(claims)
            .map(
                one ->
                    new ClaimBatch.Entry(
                        one.channel().id(hub), one.maxClaimableAmount(), one.totalClaimed()))
            .toList();
    return Hex.encode(authorizer.sign(new ClaimBatch(entries).message(hub)));
  }

  /** The payer asks the hub for so much, and the chain's clock goes on until it may have it. */
  public static void askBack(World world, ChannelTerms terms, EvmAddress payer, long money) {
    ChannelConfig channel = channel(terms, payer);
    send(world, payer, HUB.initiateWithdraw(channel, BigInteger.valueOf(money)));
    world.warp(ChannelTerms.MIN_WITHDRAW_DELAY.plusMinutes(1));
  }

  /** The payer takes so much back out of its channel. */
  public static void withdraw(World world, ChannelTerms terms, EvmAddress payer, long money) {
    askBack(world, terms, payer, money);
    send(world, payer, HUB.finalizeWithdraw(channel(terms, payer)));
  }

  /** A transaction of an account that may have no ether and no key here. */
  public static void send(World world, EvmAddress from, ChainCall call) {
    world.ether(from, BigInteger.TEN.pow(18));
    world.rpc.require("anvil_impersonateAccount", from.hex());
    world.rpc.require(
        "eth_sendTransaction",
        Map.of("from", from.hex(), "to", call.to().hex(), "data", call.data()));
    world.mine(1);
  }
}
