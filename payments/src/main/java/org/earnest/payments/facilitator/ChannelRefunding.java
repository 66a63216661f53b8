package org.earnest.payments.facilitator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.call.ChannelHubCalls.VoucherClaim;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.bindings.eip712.ChannelRefund;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.payments.channel.ChannelReason;
import org.earnest.payments.channel.ChannelState;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;

/** Gives back to payers what a receiver's authorizer has signed away. */
final class ChannelRefunding {
  private final ChannelVerifier verifier;
  private final ClaimVerifier signed;
  private final ServedChannels served;
  private final ChannelSending sending;
  private final ChannelAnswers answers;
  private final RefundsUnderWay underWay;

  ChannelRefunding(
      ChannelVerifier verifier,
      ServedChannels served,
      ChannelSending sending,
      ChannelAnswers answers) {
    this.verifier = verifier;
    this.signed = new ClaimVerifier(verifier);
    this.served = served;
    this.sending = sending;
    this.answers = answers;
    this.underWay = new RefundsUnderWay(sending);
  }

  /** The hub itself holds it against its channel: what a seller asks for needs no offer. */
  SettleResponse refund(
      FacilitatorRequest request, ChannelPayload.SignedRefund refund, Duration patience) {
    Optional<ChannelRefusal> refusal =
        served
            .objection(request, refund.channel())
            .or(() -> served.objection(request, refund.claims()));
    if (refusal.isPresent()) {
      return answers.failed(refusal.get());
    }
    boolean claims = !refund.claims().isEmpty();
    if (refund.refundSignature().isEmpty() || (claims && refund.claimSignature().isEmpty())) {
      return answers.failed(
          ChannelReason.AUTHORIZER_NOT_CONFIGURED,
          "this facilitator signs for no receiver: send the authorizer's signatures",
          "");
    }
    ChainCall call = SignedRefunds.call(refund);
    if (ChannelSending.isTooLong(call)) {
      return answers.failed(
          ChannelReason.PAYLOAD_TYPE, "it is too long for one transaction: send fewer claims", "");
    }
    SubmissionRequest way = sending.request("refund", call);
    // What was mined before has booked its claims too: the submission tells what became of it.
    Hash32 name = name(refund);
    Optional<SubmissionOutcome> known = underWay.find(name, way, patience);
    if (known.isPresent()) {
      return refunded(refund, known.get());
    }
    Optional<ChannelRefusal> objection = vain(refund, call);
    if (objection.isPresent()) {
      // A twin of this request may have been mined meanwhile.
      return underWay
          .find(name, way, patience)
          .map(twin -> refunded(refund, twin))
          .orElseGet(() -> answers.failed(objection.get()));
    }
    return send(refund, name, way, patience);
  }

  private SettleResponse send(
      ChannelPayload.SignedRefund refund, Hash32 name, SubmissionRequest way, Duration patience) {
    return underWay
        .send(
            name,
            way,
            () -> {
              sending.admitRefund(refund.channel(), name, way);
              return sending.submit(way, patience);
            })
        .map(outcome -> refunded(refund, outcome))
        .orElseGet(
            () ->
                answers.failed(
                    ChannelReason.CHANNEL_BUSY,
                    "another refund is under way under its nonce: wait for it",
                    ""));
  }

  private SettleResponse refunded(ChannelPayload.SignedRefund refund, SubmissionOutcome outcome) {
    ChannelConfig channel = refund.channel();
    Hash32 id = verifier.id(channel);
    return answers.answer(
        outcome,
        ChannelReason.REFUND_SIMULATION_FAILED,
        ChannelReason.REFUND_FAILED,
        Optional.of(channel.payer()),
        // the payer has signed nothing of it
        Optional.of(channel.receiverAuthorizer()),
        receipt ->
            answers.settled(channel, receipt.transaction(), SignedRefunds.given(receipt, id)));
  }

  /** The hub gives one refund of a channel for each nonce. */
  private Hash32 name(ChannelPayload.SignedRefund refund) {
    return Keccak256.hash("refund:" + verifier.id(refund.channel()) + ":" + refund.nonce());
  }

  private Optional<ChannelRefusal> vain(ChannelPayload.SignedRefund refund, ChainCall call) {
    return unsigned(refund)
        .or(() -> spent(refund))
        .map(ChannelRefunding::unrefunded)
        .or(() -> signed.idle(SignedRefunds.claimsBeside(refund)))
        .or(() -> verifier.rehearse(call).map(ChannelRefunding::unrefunded));
  }

  private Optional<String> unsigned(ChannelPayload.SignedRefund refund) {
    Hash32 digest =
        new ChannelRefund(verifier.id(refund.channel()), refund.nonce(), refund.amount())
            .digest(verifier.domain());
    String signature = refund.refundSignature().orElseThrow();
    if (!signed.isBy(refund.channel().receiverAuthorizer(), digest, signature)) {
      return Optional.of("the refund is not signed by the receiver's authorizer");
    }
    List<VoucherClaim> claims = refund.claims();
    return claims.isEmpty()
        ? Optional.empty()
        : signed.unsigned(claims, refund.claimSignature().orElseThrow());
  }

  private Optional<String> spent(ChannelPayload.SignedRefund refund) {
    ChannelState before = verifier.state(verifier.id(refund.channel()));
    if (refund.nonce().compareTo(before.refundNonce()) < 0) {
      return Optional.of("another refund was given under its nonce");
    }
    return SignedRefunds.isVain(refund, before)
        ? Optional.of("nothing is left to give back")
        : Optional.empty();
  }

  private static ChannelRefusal unrefunded(String detail) {
    return ChannelRefusal.of(ChannelReason.REFUND_SIMULATION_FAILED, detail);
  }
}
