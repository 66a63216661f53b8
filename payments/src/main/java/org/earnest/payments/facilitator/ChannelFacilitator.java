package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.call.ChannelHubCalls;
import org.earnest.bindings.call.ChannelHubCalls.VoucherClaim;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.payments.channel.ChannelContracts;
import org.earnest.payments.channel.ChannelPayment;
import org.earnest.payments.channel.ChannelReason;
import org.earnest.payments.channel.ChannelState;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.VerifyResponse;
import org.earnest.payments.wire.WireFormatException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings channels' deposits, claims, payouts and refunds on chain. It holds no receiver's key:
 * claims and refunds come with their authorizer's signature.
 */
final class ChannelFacilitator {
  private final ChannelVerifier verifier;
  private final ChannelSending sending;
  private final FacilitatorPolicy policy;
  private final String network;
  private final ChannelHubCalls hub = new ChannelHubCalls(ChannelContracts.HUB);

  ChannelFacilitator(
      ChainReader chain,
      TransactionSubmitter submitter,
      FacilitatorPolicy policy,
      Quotas quotas,
      InstantSource clock) {
    this.verifier = new ChannelVerifier(chain, submitter.sender(), clock);
    this.policy = policy;
    this.network = chain.chainId().toString();
    this.sending = new ChannelSending(submitter, quotas, network);
  }

  /** Whether the chain has the hub, as far as it can be asked. */
  public boolean isThere() {
    return verifier.isHubThere();
  }

  public VerifyResponse verify(FacilitatorRequest request) {
    return switch (ChannelPayment.of(request)) {
      case ChannelPayment.Reading.Refused refused ->
          VerifyResponse.invalid(refused.code(), refused.detail(), Optional.empty());
      case ChannelPayment.Reading.Understood understood -> verify(request, understood.payment());
    };
  }

  private VerifyResponse verify(FacilitatorRequest request, ChannelPayment payment) {
    return unserved(request, payment.channel())
        .map(
            refusal ->
                VerifyResponse.invalid(
                    refusal.code(), refusal.detail(), Optional.of(payment.channel().payer().hex())))
        .orElseGet(() -> judged(payment));
  }

  private VerifyResponse judged(ChannelPayment payment) {
    Optional<String> payer = Optional.of(payment.channel().payer().hex());
    return switch (verifier.verify(payment)) {
      case ChannelVerifier.Verdict.Bad bad ->
          new VerifyResponse(
              false,
              Optional.of(bad.reason().code()),
              Optional.of(bad.detail()),
              payer,
              told(bad.state(), payment));
      case ChannelVerifier.Verdict.Good good -> good.state().valid(payment);
    };
  }

  /** A refused voucher's seller needs to know what its channel holds, too. */
  private static ObjectNode told(Optional<ChannelState> state, ChannelPayment payment) {
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    state.ifPresent(known -> known.write(rest.putObject("extra"), payment.id()));
    return rest;
  }

  /** Moves what the payload says, once however often it is asked. */
  public SettleResponse settle(FacilitatorRequest request, Duration patience) {
    ChannelPayload payload;
    try {
      payload = ChannelPayload.parse(request.payment().payload());
    } catch (WireFormatException malformed) {
      return failed(ChannelReason.PAYLOAD_TYPE, malformed.getMessage(), "");
    }
    return switch (payload) {
      case ChannelPayload.SignedRefund refund -> refund(request, refund, patience);
      case ChannelPayload.OfClient client -> settle(request, client, patience);
      case ChannelPayload.Claim claim -> claim(request, claim, patience);
      case ChannelPayload.Settle settle -> payOut(request, settle, patience);
    };
  }

  private SettleResponse settle(
      FacilitatorRequest request, ChannelPayload.OfClient payload, Duration patience) {
    return switch (ChannelPayment.of(request)) {
      case ChannelPayment.Reading.Refused refused ->
          SettleResponse.failed(refused.code(), refused.detail(), Optional.empty(), "", network);
      case ChannelPayment.Reading.Understood understood ->
          payload instanceof ChannelPayload.Deposit deposit
              ? deposit(request, understood.payment(), deposit, patience)
              : failed(
                  ChannelReason.PAYLOAD_TYPE,
                  "a voucher moves nothing by itself, and refunds are the seller's server's to sign",
                  "");
    };
  }

  private SettleResponse deposit(
      FacilitatorRequest request,
      ChannelPayment payment,
      ChannelPayload.Deposit deposit,
      Duration patience) {
    // A token that is not served is not even asked: it may answer what it likes.
    Optional<Refusal> refusal = unserved(request, payment.channel());
    if (refusal.isPresent()) {
      return failed(refusal.get());
    }
    SubmissionRequest way = sending.request("deposit", ChannelVerifier.deposit(payment, deposit));
    // Before verifying: once made it would be refused, as its authorization is used.
    Optional<SubmissionOutcome> known = sending.find(way, patience);
    if (known.isEmpty()) {
      VerifyResponse verdict = judged(payment);
      if (!verdict.isValid()) {
        // A twin of this request may have made it meanwhile.
        return sending
            .find(way, patience)
            .map(twin -> deposited(payment, deposit, twin))
            .orElseGet(() -> refused(verdict));
      }
      sending.admit(payment.channel(), ChannelVerifier.name(payment, deposit), way);
    }
    return deposited(payment, deposit, known.orElseGet(() -> sending.submit(way, patience)));
  }

  private SettleResponse deposited(
      ChannelPayment payment, ChannelPayload.Deposit deposit, SubmissionOutcome outcome) {
    return answer(
        outcome,
        ChannelReason.DEPOSIT_SIMULATION_FAILED,
        ChannelReason.DEPOSIT_FAILED,
        Optional.of(payment.channel().payer()),
        receipt -> settled(payment.channel(), receipt.transaction(), deposit.amount()));
  }

  private SettleResponse refused(VerifyResponse verdict) {
    return SettleResponse.failed(
        verdict.invalidReason().orElseThrow(),
        verdict.invalidMessage().orElse(""),
        verdict.payer(),
        "",
        network);
  }

  /** The hub itself holds it against its channel: what a seller asks for needs no offer. */
  private SettleResponse refund(
      FacilitatorRequest request, ChannelPayload.SignedRefund refund, Duration patience) {
    Optional<Refusal> refusal =
        unserved(request, refund.channel()).or(() -> unserved(request, refund.claims()));
    if (refusal.isPresent()) {
      return failed(refusal.get());
    }
    boolean claims = !refund.claims().isEmpty();
    if (refund.refundSignature().isEmpty() || (claims && refund.claimSignature().isEmpty())) {
      return failed(
          ChannelReason.AUTHORIZER_NOT_CONFIGURED,
          "this facilitator signs for no receiver: send the authorizer's signatures",
          "");
    }
    ChainCall call = SignedRefunds.call(refund);
    SubmissionRequest way = sending.request("refund", call);
    // What was mined before has booked its claims too: the submission tells what became of it.
    Optional<SubmissionOutcome> known = sending.find(way, patience);
    if (known.isEmpty()) {
      Optional<Refusal> objection = vain(refund, call);
      if (objection.isPresent()) {
        // A twin of this request may have been mined meanwhile.
        return sending
            .find(way, patience)
            .map(twin -> refunded(refund, twin))
            .orElseGet(() -> failed(objection.get()));
      }
      sending.admit(SignedRefunds.claimsBeside(refund));
      sending.admit(refund.channel(), name(refund), way);
    }
    return refunded(refund, known.orElseGet(() -> sending.submit(way, patience)));
  }

  private SettleResponse refunded(ChannelPayload.SignedRefund refund, SubmissionOutcome outcome) {
    Hash32 id = verifier.id(refund.channel());
    return answer(
        outcome,
        ChannelReason.REFUND_SIMULATION_FAILED,
        ChannelReason.REFUND_FAILED,
        Optional.of(refund.channel().payer()),
        receipt ->
            settled(refund.channel(), receipt.transaction(), SignedRefunds.given(receipt, id)));
  }

  /** The hub gives one refund of a channel for each nonce. */
  private Hash32 name(ChannelPayload.SignedRefund refund) {
    return Keccak256.hash("refund:" + verifier.id(refund.channel()) + ":" + refund.nonce());
  }

  private Optional<Refusal> vain(ChannelPayload.SignedRefund refund, ChainCall call) {
    ChannelState before = verifier.state(verifier.id(refund.channel()));
    if (refund.nonce().compareTo(before.refundNonce()) < 0) {
      return unrefunded("another refund was given under its nonce");
    }
    return SignedRefunds.isVain(refund, before)
        ? unrefunded("nothing is left to give back")
        : idle(SignedRefunds.claimsBeside(refund))
            .or(() -> verifier.rehearse(call).flatMap(ChannelFacilitator::unrefunded));
  }

  private static Optional<Refusal> unrefunded(String detail) {
    return Optional.of(new Refusal(ChannelReason.REFUND_SIMULATION_FAILED.code(), detail));
  }

  private SettleResponse claim(
      FacilitatorRequest request, ChannelPayload.Claim claim, Duration patience) {
    if (claim.claims().isEmpty()) {
      return failed(ChannelReason.PAYLOAD_TYPE, "there are no claims", "");
    }
    Optional<Refusal> refusal = unserved(request, claim.claims()).or(() -> idle(claim.claims()));
    if (refusal.isPresent()) {
      return failed(refusal.get());
    }
    if (claim.signature().isEmpty()) {
      return failed(
          ChannelReason.AUTHORIZER_NOT_CONFIGURED,
          "this facilitator signs for no receiver: send claimAuthorizerSignature",
          "");
    }
    ChainCall call = hub.claimWithSignature(claim.claims(), Hex.decode(claim.signature().get()));
    Optional<String> revert = verifier.rehearse(call);
    if (revert.isPresent()) {
      return failed(ChannelReason.CLAIM_SIMULATION_FAILED, revert.get(), "");
    }
    sending.admit(claim.claims());
    return answer(
        sending.submit(sending.request("claim", call), patience),
        ChannelReason.CLAIM_SIMULATION_FAILED,
        ChannelReason.CLAIM_FAILED,
        Optional.empty(),
        receipt -> settled(receipt.transaction(), Optional.empty(), Optional.empty()));
  }

  private SettleResponse payOut(
      FacilitatorRequest request, ChannelPayload.Settle settle, Duration patience) {
    Optional<Refusal> refusal = unserved(request, settle.token(), settle.receiver());
    if (refusal.isPresent()) {
      return failed(refusal.get());
    }
    BigInteger due = verifier.unsettled(settle.receiver(), settle.token());
    if (due.signum() == 0) {
      return failed(
          ChannelReason.NOTHING_TO_SETTLE, "the receiver has been paid all that it claimed", "");
    }
    // Its calldata is the same each time: what has been claimed by now makes it this one.
    String which = "settle:" + verifier.settled(settle.receiver(), settle.token());
    sending.admitPayout(which, settle.receiver(), settle.token());
    ChainCall call = hub.settle(settle.receiver(), settle.token());
    return answer(
        sending.submit(sending.request(which, call), patience),
        ChannelReason.SETTLE_SIMULATION_FAILED,
        ChannelReason.SETTLE_FAILED,
        Optional.empty(),
        receipt -> settled(receipt.transaction(), Optional.empty(), Optional.of(due)));
  }

  /** Why gas is not spent here on this token or payee. */
  private Optional<Refusal> unserved(
      FacilitatorRequest request, EvmAddress token, EvmAddress receiver) {
    if (!request.requirements().network().equals(network)) {
      return Optional.of(
          new Refusal(
              ChannelReason.NETWORK_MISMATCH.code(),
              "this facilitator serves " + network + " alone"));
    }
    return policy
        .objection(token, receiver)
        .map(reason -> new Refusal(reason.code(), "this facilitator does not serve it"));
  }

  private Optional<Refusal> unserved(FacilitatorRequest request, ChannelConfig channel) {
    return unserved(request, channel.token(), channel.receiver());
  }

  private Optional<Refusal> unserved(FacilitatorRequest request, List<VoucherClaim> claims) {
    return claims.stream().flatMap(one -> unserved(request, one.channel()).stream()).findFirst();
  }

  /** The hub passes over a claim that adds nothing, whoever signed it: that is gas for nothing. */
  private Optional<Refusal> idle(List<VoucherClaim> claims) {
    return claims.stream().allMatch(verifier::adds)
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                ChannelReason.CUMULATIVE_BELOW_CLAIMED.code(),
                "a claim adds nothing to what is booked of its channel"));
  }

  private record Refusal(String code, String detail) {}

  private interface Conclusion {
    SettleResponse of(TransactionReceipt receipt);
  }

  private SettleResponse answer(
      SubmissionOutcome outcome,
      ChannelReason refused,
      ChannelReason reverted,
      Optional<EvmAddress> payer,
      Conclusion settled) {
    return switch (outcome) {
      case SubmissionOutcome.Settled done -> settled.of(done.receipt());
      case SubmissionOutcome.Pending pending -> pending(pending.transaction().hex(), payer);
      case SubmissionOutcome.Unknown unknown ->
          pending(unknown.transaction().map(Hash32::hex).orElse(""), payer);
      case SubmissionOutcome.Rejected rejected -> {
        payer.ifPresent(one -> lost(one, rejected));
        yield failed(
            rejected.transaction().isPresent() ? reverted : refused,
            rejected.code() + ": " + rejected.reason(),
            rejected.transaction().map(Hash32::hex).orElse(""));
      }
    };
  }

  private void lost(EvmAddress payer, SubmissionOutcome.Rejected rejected) {
    rejected
        .transaction()
        .flatMap(verifier::receipt)
        .ifPresent(receipt -> sending.lost(payer, receipt));
  }

  private SettleResponse settled(ChannelConfig channel, Hash32 transaction, BigInteger amount) {
    Hash32 id = verifier.id(channel);
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    verifier.state(id).write(rest.putObject("extra").putObject("channelState"), id);
    SettleResponse plain = settled(transaction, Optional.of(channel.payer()), Optional.of(amount));
    return plain.with(rest);
  }

  private SettleResponse settled(
      Hash32 transaction, Optional<EvmAddress> payer, Optional<BigInteger> amount) {
    return new SettleResponse(
        true,
        Optional.empty(),
        Optional.empty(),
        payer.map(EvmAddress::hex),
        transaction.hex(),
        network,
        amount.map(BigInteger::toString),
        JsonNodeFactory.instance.objectNode());
  }

  private SettleResponse pending(String transaction, Optional<EvmAddress> payer) {
    return SettleResponse.failed(
        SettleResponse.PENDING,
        "the transaction is not mined yet; settle the same again",
        payer.map(EvmAddress::hex),
        transaction,
        network);
  }

  private SettleResponse failed(Refusal refusal) {
    return SettleResponse.failed(refusal.code(), refusal.detail(), Optional.empty(), "", network);
  }

  private SettleResponse failed(ChannelReason reason, String detail, String transaction) {
    return SettleResponse.failed(reason.code(), detail, Optional.empty(), transaction, network);
  }
}
