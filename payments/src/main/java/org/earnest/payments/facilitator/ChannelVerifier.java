package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.earnest.bindings.call.ChannelHubCalls;
import org.earnest.bindings.call.ChannelHubReads;
import org.earnest.bindings.call.Erc1271;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.bindings.eip712.Eip712Domain;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.payments.channel.ChannelContracts;
import org.earnest.payments.channel.ChannelPayment;
import org.earnest.payments.channel.ChannelReason;
import org.earnest.payments.channel.ChannelState;
import org.earnest.payments.exact.StaticChecks;
import org.earnest.payments.wire.ChannelPayload;

/** Judges payments out of channels: what they say, who signed, and only then the chain. */
final class ChannelVerifier {
  /** What is wrong with one, or what its channel holds. */
  sealed interface Verdict {
    record Good(ChannelState state) implements Verdict {}

    /**
     * It is not good.
     *
     * @param state of its channel, where the chain was asked for it
     */
    record Bad(ChannelReason reason, String detail, Optional<ChannelState> state)
        implements Verdict {}
  }

  private static final BlockTag NOW = BlockTag.Named.LATEST;

  private final ChainReader chain;
  private final EvmAddress sender;
  private final InstantSource clock;
  private final ChannelHubReads hub;
  private final AtomicReference<Optional<Boolean>> passesOver =
      new AtomicReference<>(Optional.empty());

  ChannelVerifier(ChainReader chain, EvmAddress sender, InstantSource clock) {
    this.chain = chain;
    this.sender = sender;
    this.clock = clock;
    this.hub = new ChannelHubReads(chain, ChannelContracts.HUB);
  }

  /**
   * Whether the hub can pass over what it cannot claim. Asked once: what is at its address on a
   * chain stays what it is, once it is there.
   */
  boolean passesOver() {
    Optional<Boolean> known = passesOver.get();
    if (known.isEmpty()) {
      boolean can = hub.hasOwnFunctions(NOW);
      if (can || isHubThere()) {
        passesOver.set(Optional.of(can));
      }
      return can;
    }
    return known.get();
  }

  boolean isHubThere() {
    try {
      return hasCode(ChannelContracts.HUB);
    } catch (ChainUnavailableException unavailable) {
      return false;
    }
  }

  Hash32 id(ChannelConfig channel) {
    return channel.id(domain());
  }

  ChannelState state(Hash32 channel) {
    return states(List.of(channel)).getFirst();
  }

  /** What several channels hold, in their order, by one question. */
  List<ChannelState> states(List<Hash32> channels) {
    return hub.states(channels, NOW).stream()
        .map(
            read ->
                new ChannelState(
                    read.held().balance(),
                    read.held().totalClaimed(),
                    read.withdrawal().initiatedAt(),
                    read.refundNonce()))
        .toList();
  }

  Eip712Domain domain() {
    return ChannelContracts.domain(chain.chainId());
  }

  BigInteger unsettled(EvmAddress receiver, EvmAddress token) {
    return hub.unsettled(receiver, token, NOW);
  }

  /** What a receiver has been paid in all. */
  BigInteger settled(EvmAddress receiver, EvmAddress token) {
    return hub.settled(receiver, token, NOW);
  }

  Verdict verify(ChannelPayment payment) {
    Optional<Verdict> objection =
        payment.payload() instanceof ChannelPayload.Deposit deposit
            ? objection(payment, deposit).or(() -> unsigned(payment))
            : unsigned(payment);
    return objection.orElseGet(() -> onChain(payment));
  }

  /** What the token knows it by: one of that name can be made, whatever its amount. */
  static Hash32 name(ChannelPayment payment, ChannelPayload.Deposit deposit) {
    return ChannelHubCalls.depositNonce(payment.id(), deposit.salt());
  }

  private Optional<Verdict> objection(ChannelPayment payment, ChannelPayload.Deposit deposit) {
    long now = clock.instant().getEpochSecond();
    long margin = StaticChecks.MINING_TIME.toSeconds();
    if (deposit.validBefore().compareTo(BigInteger.valueOf(now + margin)) < 0) {
      return bad(ChannelReason.VALID_BEFORE, "the deposit's authorization expires too soon");
    }
    if (deposit.validAfter().compareTo(BigInteger.valueOf(now)) > 0) {
      return bad(ChannelReason.VALID_AFTER, "the deposit's authorization is not valid yet");
    }
    Hash32 digest = authorization(payment, deposit).digest(payment.terms().token());
    boolean byKey =
        SignatureRecovery.recover(digest, Hex.decode(deposit.signature()))
            .filter(payment.channel().payer()::equals)
            .isPresent();
    // a wallet's own judgement is part of the rehearsal
    return byKey || hasCode(payment.channel().payer())
        ? Optional.empty()
        : bad(
            ChannelReason.RECEIVE_AUTHORIZATION_SIGNATURE,
            "the deposit's authorization is not signed by the payer");
  }

  private Optional<Verdict> unsigned(ChannelPayment payment) {
    boolean signed =
        (payment.isWallets() && hasCode(payment.channel().payer()))
            ? Erc1271.accepts(
                chain, payment.channel().payer(), payment.digest(), payment.signature(), NOW)
            : payment.isSignedByKey();
    return signed
        ? Optional.empty()
        : bad(ChannelReason.VOUCHER_SIGNATURE, "the voucher is not signed by the payer's side");
  }

  boolean hasCode(EvmAddress account) {
    return !chain.code(account, NOW).equals("0x");
  }

  private Verdict onChain(ChannelPayment payment) {
    ChannelState state = state(payment.id());
    boolean deposits = payment.payload() instanceof ChannelPayload.Deposit;
    if (!deposits && state.balance().signum() == 0) {
      return bad(ChannelReason.CHANNEL_NOT_FOUND, "the channel is empty", state);
    }
    BigInteger balance =
        payment.payload() instanceof ChannelPayload.Deposit deposit
            ? state.balance().add(deposit.amount())
            : state.balance();
    if (payment.max().compareTo(balance) > 0) {
      return bad(
          ChannelReason.CUMULATIVE_EXCEEDS_BALANCE,
          "the channel holds less than the voucher says",
          state);
    }
    int toClaimed = payment.max().compareTo(state.totalClaimed());
    if (toClaimed < 0 || (toClaimed == 0 && !payment.isRefund())) {
      return bad(
          ChannelReason.CUMULATIVE_BELOW_CLAIMED,
          "all that the voucher says is claimed already",
          state);
    }
    return payment.payload() instanceof ChannelPayload.Deposit deposit
        ? rehearsal(payment, deposit, state)
        : new Verdict.Good(state);
  }

  /** Why a call would be mined in vain; empty where it would not. */
  Optional<String> rehearse(ChainCall call) {
    return tried(call) instanceof CallOutcome.Reverted reverted
        ? Optional.of(RevertDecoder.decode(reverted.data()).toString())
        : Optional.empty();
  }

  /** What a call would come to now, if the facilitator made it. */
  CallOutcome tried(ChainCall call) {
    return chain.call(new ChainCall(Optional.of(sender), call.to(), call.data()), NOW);
  }

  /** What a transaction came to, where the chain still has it. */
  Optional<TransactionReceipt> receipt(Hash32 transaction) {
    return chain.receipt(transaction);
  }

  private Verdict rehearsal(
      ChannelPayment payment, ChannelPayload.Deposit deposit, ChannelState state) {
    return switch (tried(deposit(payment, deposit))) {
      case CallOutcome.Returned returned -> new Verdict.Good(state);
      case CallOutcome.Reverted reverted -> {
        BigInteger purse =
            new TokenReads(chain, payment.channel().token())
                .balance(payment.channel().payer(), NOW);
        yield purse.compareTo(deposit.amount()) < 0
            ? bad(
                ChannelReason.INSUFFICIENT_BALANCE, "the payer holds less than the deposit", state)
            : bad(
                ChannelReason.DEPOSIT_SIMULATION_FAILED,
                "the deposit is refused: " + RevertDecoder.decode(reverted.data()),
                state);
      }
    };
  }

  /** The call that makes a deposit. */
  static ChainCall deposit(ChannelPayment payment, ChannelPayload.Deposit deposit) {
    return new ChannelHubCalls(ChannelContracts.HUB)
        .deposit(
            payment.channel(),
            deposit.amount(),
            ChannelContracts.COLLECTOR,
            ChannelHubCalls.collectorData(
                authorization(payment, deposit), deposit.salt(), Hex.decode(deposit.signature())));
  }

  private static ReceiveWithAuthorization authorization(
      ChannelPayment payment, ChannelPayload.Deposit deposit) {
    return new ReceiveWithAuthorization(
        payment.channel().payer(),
        ChannelContracts.COLLECTOR,
        deposit.amount(),
        deposit.validAfter(),
        deposit.validBefore(),
        name(payment, deposit));
  }

  private static Optional<Verdict> bad(ChannelReason reason, String detail) {
    return Optional.of(new Verdict.Bad(reason, detail, Optional.empty()));
  }

  private static Verdict bad(ChannelReason reason, String detail, ChannelState state) {
    return new Verdict.Bad(reason, detail, Optional.of(state));
  }
}
