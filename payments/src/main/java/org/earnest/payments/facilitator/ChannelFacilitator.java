package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.earnest.bindings.call.ChannelHubCalls;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
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
  private final ServedChannels served;
  private final ChannelAnswers answers;
  private final ChannelClaiming claims;
  private final ChannelRefunding refunds;
  private final String network;
  private final ChannelHubCalls hub = new ChannelHubCalls(ChannelContracts.HUB);

  ChannelFacilitator(
      ChainReader chain,
      TransactionSubmitter submitter,
      FacilitatorPolicy policy,
      Quotas quotas,
      InstantSource clock) {
    this.verifier = new ChannelVerifier(chain, submitter.sender(), clock);
    this.network = chain.chainId().toString();
    this.served = new ServedChannels(policy, network);
    this.sending = new ChannelSending(submitter, quotas, network);
    this.answers = new ChannelAnswers(verifier, sending, network);
    this.claims = new ChannelClaiming(verifier, served, sending, answers);
    this.refunds = new ChannelRefunding(verifier, served, sending, answers);
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
    return served
        .objection(request, payment.channel())
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
      return answers.failed(ChannelReason.PAYLOAD_TYPE, malformed.getMessage(), "");
    }
    return switch (payload) {
      case ChannelPayload.SignedRefund refund -> refunds.refund(request, refund, patience);
      case ChannelPayload.OfClient client -> settle(request, client, patience);
      case ChannelPayload.Claim claim -> claims.claim(request, claim, patience);
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
              : answers.failed(
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
    Optional<ChannelRefusal> refusal = served.objection(request, payment.channel());
    if (refusal.isPresent()) {
      return answers.failed(refusal.get());
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
            .orElseGet(() -> answers.refused(verdict));
      }
      sending.admitDeposit(payment.channel(), ChannelVerifier.name(payment, deposit), way);
    }
    return deposited(payment, deposit, known.orElseGet(() -> sending.submit(way, patience)));
  }

  private SettleResponse deposited(
      ChannelPayment payment, ChannelPayload.Deposit deposit, SubmissionOutcome outcome) {
    return answers.answer(
        outcome,
        ChannelReason.DEPOSIT_SIMULATION_FAILED,
        ChannelReason.DEPOSIT_FAILED,
        Optional.of(payment.channel().payer()),
        Optional.of(payment.channel().payer()),
        receipt -> answers.settled(payment.channel(), receipt.transaction(), deposit.amount()));
  }

  private SettleResponse payOut(
      FacilitatorRequest request, ChannelPayload.Settle settle, Duration patience) {
    Optional<ChannelRefusal> refusal = served.objection(request, settle.token(), settle.receiver());
    if (refusal.isPresent()) {
      return answers.failed(refusal.get());
    }
    BigInteger due = verifier.unsettled(settle.receiver(), settle.token());
    if (due.signum() == 0) {
      return answers.failed(
          ChannelReason.NOTHING_TO_SETTLE, "the receiver has been paid all that it claimed", "");
    }
    // Its calldata is the same each time: what has been claimed by now makes it this one.
    String which = "settle:" + verifier.settled(settle.receiver(), settle.token());
    sending.admitPayout(which, settle.receiver(), settle.token());
    ChainCall call = hub.settle(settle.receiver(), settle.token());
    return answers.answer(
        sending.submit(sending.request(which, call), patience),
        ChannelReason.SETTLE_SIMULATION_FAILED,
        ChannelReason.SETTLE_FAILED,
        Optional.empty(),
        Optional.empty(),
        receipt -> answers.settled(receipt.transaction(), Optional.empty(), Optional.of(due)));
  }
}
