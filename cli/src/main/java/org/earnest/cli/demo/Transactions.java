package org.earnest.cli.demo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.bindings.event.ContractEvent;
import org.earnest.bindings.event.Decoding;
import org.earnest.bindings.event.EventDecoder;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.bindings.revert.RevertReason;
import org.earnest.cli.client.Answer;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;

/** Transactions of the demo: those it sends, and those that the services say they sent. */
final class Transactions {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Stage stage;

  Transactions(Stage stage) {
    this.stage = stage;
  }

  /** Sends a call for one of the parties, and tells of it. */
  TransactionReceipt send(String what, String key, EvmSigner signer, ChainCall call) {
    return send(what, new SubmissionRequest(key, call.to(), call.data()), signer);
  }

  /** Sends what is ready to be sent, and tells of it. */
  TransactionReceipt send(String what, SubmissionRequest request, EvmSigner signer) {
    SubmissionOutcome outcome = stage.host().submitter(signer).submit(request, PATIENCE);
    if (!(outcome instanceof SubmissionOutcome.Settled settled)) {
      throw new DemoFailedException(what + " was not settled: " + outcome);
    }
    return tell(what, settled.receipt());
  }

  /** Tells of the transaction that a service answers with. */
  void told(String what, Answer answer) {
    told(what, new Hash32(answer.require(what).path("transaction").asString("")));
  }

  /** Tells of a transaction that a service sent. */
  TransactionReceipt told(String what, Hash32 hash) {
    TransactionReceipt receipt =
        stage
            .host()
            .reader()
            .receipt(hash)
            .orElseThrow(() -> new DemoFailedException(what + " has no receipt: " + hash));
    return tell(what, receipt);
  }

  /** The error that a transaction would meet now, by the contract's name of it; not sent. */
  String refusal(EvmAddress sender, ChainCall call) {
    ChainCall rehearsed = new ChainCall(Optional.of(sender), call.to(), call.data());
    CallOutcome outcome = stage.host().reader().call(rehearsed, BlockTag.Named.LATEST);
    if (!(outcome instanceof CallOutcome.Reverted reverted)) {
      return "nothing, and would be done";
    }
    RevertReason reason = RevertDecoder.decode(reverted.data());
    return reason instanceof RevertReason.Custom custom ? custom.name() : reason.toString();
  }

  private TransactionReceipt tell(String what, TransactionReceipt receipt) {
    stage.report().transaction(what, receipt.transaction(), receipt.gasUsed());
    if (!receipt.succeeded()) {
      throw new DemoFailedException(what + " was reverted: " + receipt.transaction());
    }
    return receipt;
  }

  /** The only event of this kind in the receipt. */
  static <E extends ContractEvent> E event(TransactionReceipt receipt, Class<E> kind) {
    List<E> found =
        receipt.logs().stream()
            .map(EventDecoder::decode)
            .flatMap(
                decoding ->
                    decoding instanceof Decoding.Decoded decoded
                        ? Stream.of(decoded.event())
                        : Stream.empty())
            .filter(kind::isInstance)
            .map(kind::cast)
            .toList();
    if (found.size() != 1) {
      throw new DemoFailedException(
          found.size() + " events of " + kind.getSimpleName() + " in " + receipt.transaction());
    }
    return found.getFirst();
  }
}
