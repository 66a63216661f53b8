package org.earnest.payments.facilitator;

import java.time.Duration;
import java.util.Optional;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;

/** What is sent for channels, and who has had enough of it. */
final class ChannelSending {
  private final TransactionSubmitter submitter;
  private final Quotas quotas;
  private final String network;

  ChannelSending(TransactionSubmitter submitter, Quotas quotas, String network) {
    this.submitter = submitter;
    this.quotas = quotas;
    this.network = network;
  }

  SubmissionRequest request(String kind, ChainCall call) {
    Hash32 digest = Keccak256.hash(Hex.decode(call.data()));
    return new SubmissionRequest(
        "x402:channel:" + network + ":" + kind + ":" + digest.hex(), call.to(), call.data());
  }

  /** Whether no transaction holds it. */
  static boolean isTooLong(ChainCall call) {
    return Hex.decode(call.data()).length > SubmissionRequest.MAX_DATA_BYTES;
  }

  /** What became of it, where it was sent before; whoever asks books nothing. */
  Optional<SubmissionOutcome> find(SubmissionRequest request, Duration patience) {
    return submitter.find(request, patience);
  }

  SubmissionOutcome submit(SubmissionRequest request, Duration patience) {
    return submitter.submit(request, patience);
  }

  /**
   * Counts a deposit, once its signatures were found good.
   *
   * @param what its name among all that its channel can have done but once
   * @throws FacilitatorUnavailableException when payer or payee has had its share, or too many
   *     versions of it were begun
   */
  void admitDeposit(ChannelConfig channel, Hash32 what, SubmissionRequest way) {
    quotas.admitVariation(what, Keccak256.hash(way.key()), channel.payer(), channel.receiver());
  }

  /** The same of a refund, which the receiver's authorizer alone has signed. */
  void admitRefund(ChannelConfig channel, Hash32 what, SubmissionRequest way) {
    EvmAddress signer = channel.receiverAuthorizer();
    quotas.admitVariation(what, Keccak256.hash(way.key()), signer, signer);
  }

  /**
   * The same of claims.
   *
   * @param what the digest that their authorizer signed
   */
  void admitClaims(EvmAddress authorizer, Hash32 what, SubmissionRequest way) {
    quotas.admitClaim(what, Keccak256.hash(way.key()), authorizer);
  }

  /** The same of a payout: anybody may ask for it, and it is one however often it is asked for. */
  void admitPayout(String which, EvmAddress receiver, EvmAddress token) {
    quotas.admitOnce(
        Keccak256.hash(String.join(":", which, receiver.hex(), token.hex())), receiver, receiver);
  }

  /** Counts gas that was lost to a transaction which an account has signed for. */
  void lost(EvmAddress signer, TransactionReceipt receipt) {
    quotas.minedInVain(signer, receipt);
  }
}
