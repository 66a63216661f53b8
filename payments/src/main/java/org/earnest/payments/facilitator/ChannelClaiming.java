package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.earnest.bindings.call.ChannelHubCalls;
import org.earnest.bindings.call.ChannelHubCalls.VoucherClaim;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.payments.channel.ChannelContracts;
import org.earnest.payments.channel.ChannelReason;
import org.earnest.payments.channel.ClaimedChannels;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Books what receivers have earned, as their authorizer has signed: all of it or nothing, or, where
 * a seller asks for that and the hub can, what can be booked. The authorizer signs the same for
 * both.
 */
final class ChannelClaiming {
  private static final String KIND = "claim";

  /** How often a claim that booked too little is sent anew; then its last answer stands. */
  private static final int MOST_SENT_ANEW = 8;

  private static final ChannelHubCalls HUB = new ChannelHubCalls(ChannelContracts.HUB);

  /**
   * What is to be booked.
   *
   * @param call that does it
   * @param available whether it books what it can
   */
  private record Batch(
      List<VoucherClaim> claims, String signature, ChainCall call, boolean available) {
    static Batch of(List<VoucherClaim> claims, String signature, boolean available) {
      byte[] signed = Hex.decode(signature);
      return new Batch(
          claims,
          signature,
          available ? HUB.claimAvailable(claims, signed) : HUB.claimWithSignature(claims, signed),
          available);
    }
  }

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
    boolean available = claim.available() && verifier.passesOver();
    return claim(Batch.of(claims, claim.signature().get(), available), patience);
  }

  private SettleResponse claim(Batch batch, Duration patience) {
    if (ChannelSending.isTooLong(batch.call())) {
      return answers.failed(
          ChannelReason.PAYLOAD_TYPE, "it is too long for one transaction: send fewer claims", "");
    }
    SubmissionRequest way = sending.request(KIND, batch.call());
    Told told = told(batch, way, Optional.empty(), patience);
    for (int anew = 0; anew < MOST_SENT_ANEW && told.shortOf().isPresent(); anew++) {
      way = sending.request(KIND + ":" + told.shortOf().get().hex(), batch.call());
      told = told(batch, way, Optional.of(told.answer()), patience);
    }
    return told.answer();
  }

  /**
   * What became of claims.
   *
   * @param shortOf the transaction, where it was sent before and did not book all of them
   */
  private record Told(SettleResponse answer, Optional<Hash32> shortOf) {
    static Told last(SettleResponse answer) {
      return new Told(answer, Optional.empty());
    }
  }

  /**
   * Has it sent, unless it was.
   *
   * @param shortfall the answer so far, where claims were sent and not all of them booked: it
   *     stands as long as nothing more can be
   */
  private Told told(
      Batch batch, SubmissionRequest way, Optional<SettleResponse> shortfall, Duration patience) {
    // Before verifying: once mined it would be refused, as it adds nothing any more.
    Optional<SubmissionOutcome> known = sending.find(way, patience);
    if (known.isEmpty()) {
      Optional<ChannelRefusal> objection = objection(batch);
      if (objection.isPresent()) {
        // A twin of this request may have been mined meanwhile.
        return Told.last(
            sending
                .find(way, patience)
                .map(twin -> claimed(batch, twin))
                .or(() -> shortfall)
                .orElseGet(() -> answers.failed(objection.get())));
      }
      sending.admitClaims(
          ClaimVerifier.authorizer(batch.claims()), signed.digest(batch.claims()), way);
      return Told.last(claimed(batch, sending.submit(way, patience)));
    }
    return new Told(
        claimed(batch, known.get()),
        shortOf(batch, known.get()).map(TransactionReceipt::transaction));
  }

  /** A channel that held too little may be filled up, and its seller's claim is the same then. */
  private Optional<TransactionReceipt> shortOf(Batch batch, SubmissionOutcome outcome) {
    return batch.available() && outcome instanceof SubmissionOutcome.Settled done
        ? Optional.of(done.receipt()).filter(receipt -> isShort(batch, receipt))
        : Optional.empty();
  }

  private boolean isShort(Batch batch, TransactionReceipt receipt) {
    ClaimedChannels told = told(batch, receipt);
    return !told.skipped().isEmpty()
        || batch.claims().stream().anyMatch(claim -> isShort(claim, told));
  }

  private boolean isShort(VoucherClaim claim, ClaimedChannels told) {
    BigInteger booked = told.booked().get(verifier.id(claim.channel()));
    return booked != null && booked.compareTo(claim.totalClaimed()) < 0;
  }

  private Optional<ChannelRefusal> objection(Batch batch) {
    return signed
        .unsigned(batch.claims(), batch.signature())
        .map(ChannelClaiming::vain)
        .or(
            () ->
                batch.available()
                    ? wasteful(batch)
                    : signed.idle(batch.claims()).or(() -> reverting(batch)));
  }

  private Optional<ChannelRefusal> reverting(Batch batch) {
    return verifier.rehearse(batch.call()).map(ChannelClaiming::vain);
  }

  /**
   * What books nothing would be mined all the same, where it is passed over: at least half of a
   * batch has to book something, so that who adds rows for nothing wastes no more than he has.
   */
  private Optional<ChannelRefusal> wasteful(Batch batch) {
    long rows = batch.claims().size();
    long idle = signed.addingNothing(batch.claims());
    if (2 * idle > rows) {
      return signed.idle(batch.claims());
    }
    // the hub counts those that add nothing among the booked
    long booking = passing(batch) - idle;
    return 2 * booking >= rows
        ? Optional.empty()
        : reverting(Batch.of(batch.claims(), batch.signature(), false));
  }

  /** How many of a batch the hub would not pass over now. */
  private long passing(Batch batch) {
    return verifier.tried(batch.call()) instanceof CallOutcome.Returned returned
        ? new BigInteger(1, Hex.decode(returned.data())).longValueExact()
        : 0;
  }

  private static ChannelRefusal vain(String detail) {
    return ChannelRefusal.of(ChannelReason.CLAIM_SIMULATION_FAILED, detail);
  }

  /** Lost gas is nobody's: a payer that withdraws in time would have its seller shut out. */
  private SettleResponse claimed(Batch batch, SubmissionOutcome outcome) {
    return answers.answer(
        outcome,
        ChannelReason.CLAIM_SIMULATION_FAILED,
        ChannelReason.CLAIM_FAILED,
        Optional.empty(),
        Optional.empty(),
        receipt -> batch.available() ? booked(batch, receipt) : booked(receipt));
  }

  private SettleResponse booked(TransactionReceipt receipt) {
    return answers.settled(receipt.transaction(), Optional.empty(), Optional.empty());
  }

  private ClaimedChannels told(Batch batch, TransactionReceipt receipt) {
    return ClaimEvents.read(receipt, channels(batch));
  }

  private Set<Hash32> channels(Batch batch) {
    return batch.claims().stream()
        .map(claim -> verifier.id(claim.channel()))
        .collect(Collectors.toSet());
  }

  private SettleResponse booked(Batch batch, TransactionReceipt receipt) {
    ClaimedChannels told = told(batch, receipt);
    if (told.skipped().keySet().equals(channels(batch))) {
      return answers.failed(
          ChannelReason.CLAIM_FAILED,
          "every claim was passed over: " + told.skipped(),
          receipt.transaction().hex());
    }
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    told.write(rest.putObject("extra"));
    return booked(receipt).with(rest);
  }
}
