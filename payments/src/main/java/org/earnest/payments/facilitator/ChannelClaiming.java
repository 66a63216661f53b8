package org.earnest.payments.facilitator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.call.ChannelHubCalls;
import org.earnest.bindings.call.ChannelHubCalls.VoucherClaim;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.Hex;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.payments.channel.ChannelContracts;
import org.earnest.payments.channel.ChannelReason;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;

/** Books what receivers have earned, as their authorizer has signed. */
final class ChannelClaiming {
  private static final ChannelHubCalls HUB = new ChannelHubCalls(ChannelContracts.HUB);

  private final ChannelVerifier verifier;
  private final ClaimVerifier signed;
  private final ServedChannels served;
  private final ChannelSending sending;
  private final ChannelAnswers answers;

  ChannelClaiming(
      ChannelVerifier verifier,
      ServedChannels served,
      ChannelSending sending,
      ChannelAnswers answers) {
    this.verifier = verifier;
    this.signed = new ClaimVerifier(verifier);
    this.served = served;
    this.sending = sending;
    this.answers = answers;
  }

  SettleResponse claim(FacilitatorRequest request, ChannelPayload.Claim claim, Duration patience) {
    List<VoucherClaim> claims = claim.claims();
    if (claims.isEmpty()) {
      return answers.failed(ChannelReason.PAYLOAD_TYPE, "there are no claims", "");
    }
    Optional<ChannelRefusal> refusal = served.objection(request, claims);
    if (refusal.isPresent()) {
      return answers.failed(refusal.get());
    }
    if (claim.signature().isEmpty()) {
      return answers.failed(
          ChannelReason.AUTHORIZER_NOT_CONFIGURED,
          "this facilitator signs for no receiver: send claimAuthorizerSignature",
          "");
    }
    return claim(claims, claim.signature().get(), patience);
  }

  private SettleResponse claim(List<VoucherClaim> claims, String signature, Duration patience) {
    ChainCall call = HUB.claimWithSignature(claims, Hex.decode(signature));
    if (ChannelSending.isTooLong(call)) {
      return answers.failed(
          ChannelReason.PAYLOAD_TYPE, "it is too long for one transaction: send fewer claims", "");
    }
    SubmissionRequest way = sending.request("claim", call);
    // Before verifying: once mined it would be refused, as it adds nothing any more.
    Optional<SubmissionOutcome> known = sending.find(way, patience);
    if (known.isEmpty()) {
      Optional<ChannelRefusal> objection = objection(claims, signature, call);
      if (objection.isPresent()) {
        // A twin of this request may have been mined meanwhile.
        return sending
            .find(way, patience)
            .map(this::claimed)
            .orElseGet(() -> answers.failed(objection.get()));
      }
      sending.admitClaims(ClaimVerifier.authorizer(claims), signed.digest(claims), way);
    }
    return claimed(known.orElseGet(() -> sending.submit(way, patience)));
  }

  private Optional<ChannelRefusal> objection(
      List<VoucherClaim> claims, String signature, ChainCall call) {
    return signed
        .unsigned(claims, signature)
        .map(ChannelClaiming::vain)
        .or(() -> signed.idle(claims))
        .or(() -> verifier.rehearse(call).map(ChannelClaiming::vain));
  }

  private static ChannelRefusal vain(String detail) {
    return ChannelRefusal.of(ChannelReason.CLAIM_SIMULATION_FAILED, detail);
  }

  /** Lost gas is nobody's: a payer that withdraws in time would have its seller shut out. */
  private SettleResponse claimed(SubmissionOutcome outcome) {
    return answers.answer(
        outcome,
        ChannelReason.CLAIM_SIMULATION_FAILED,
        ChannelReason.CLAIM_FAILED,
        Optional.empty(),
        Optional.empty(),
        receipt -> answers.settled(receipt.transaction(), Optional.empty(), Optional.empty()));
  }
}
