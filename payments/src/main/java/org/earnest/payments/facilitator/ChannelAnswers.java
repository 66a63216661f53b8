package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.bindings.eip712.ChannelConfig;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.payments.channel.ChannelReason;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.VerifyResponse;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells what became of what was sent for channels, and books gas that was lost by it. */
final class ChannelAnswers {
  private final ChannelVerifier verifier;
  private final ChannelSending sending;
  private final String network;

  ChannelAnswers(ChannelVerifier verifier, ChannelSending sending, String network) {
    this.verifier = verifier;
    this.sending = sending;
    this.network = network;
  }

  /** What a mined transaction is told as. */
  interface Conclusion {
    SettleResponse of(TransactionReceipt receipt);
  }

  /**
   * The answer to what was asked for.
   *
   * @param refused why, where nothing was mined
   * @param reverted why, where it was mined in vain
   * @param payer is told
   * @param liable who signed for what was sent, where lost gas is booked on anybody
   */
  SettleResponse answer(
      SubmissionOutcome outcome,
      ChannelReason refused,
      ChannelReason reverted,
      Optional<EvmAddress> payer,
      Optional<EvmAddress> liable,
      Conclusion settled) {
    return switch (outcome) {
      case SubmissionOutcome.Settled done -> settled.of(done.receipt());
      case SubmissionOutcome.Pending pending -> pending(pending.transaction().hex(), payer);
      case SubmissionOutcome.Unknown unknown ->
          pending(unknown.transaction().map(Hash32::hex).orElse(""), payer);
      case SubmissionOutcome.Rejected rejected -> {
        liable.ifPresent(one -> lost(one, rejected));
        yield failed(
            rejected.transaction().isPresent() ? reverted : refused,
            rejected.code() + ": " + rejected.reason(),
            rejected.transaction().map(Hash32::hex).orElse(""));
      }
    };
  }

  private void lost(EvmAddress liable, SubmissionOutcome.Rejected rejected) {
    rejected
        .transaction()
        .flatMap(verifier::receipt)
        .ifPresent(receipt -> sending.lost(liable, receipt));
  }

  SettleResponse settled(ChannelConfig channel, Hash32 transaction, BigInteger amount) {
    Hash32 id = verifier.id(channel);
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    verifier.state(id).write(rest.putObject("extra").putObject("channelState"), id);
    SettleResponse plain = settled(transaction, Optional.of(channel.payer()), Optional.of(amount));
    return plain.with(rest);
  }

  SettleResponse settled(
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

  SettleResponse failed(ChannelRefusal refusal) {
    return SettleResponse.failed(refusal.code(), refusal.detail(), Optional.empty(), "", network);
  }

  SettleResponse failed(ChannelReason reason, String detail, String transaction) {
    return SettleResponse.failed(reason.code(), detail, Optional.empty(), transaction, network);
  }

  SettleResponse refused(VerifyResponse verdict) {
    return SettleResponse.failed(
        verdict.invalidReason().orElseThrow(),
        verdict.invalidMessage().orElse(""),
        verdict.payer(),
        "",
        network);
  }
}
