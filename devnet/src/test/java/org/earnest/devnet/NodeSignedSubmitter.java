package org.earnest.devnet;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.Inclusion;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;

/** Lets the development node sign: it remembers nothing, so whoever repeats himself is seen. */
final class NodeSignedSubmitter implements TransactionSubmitter {
  private final DevChain chain;
  private final EvmAddress sender;
  private final ChainReader reader;
  private final Set<String> keys = new HashSet<>();
  private int sent;

  NodeSignedSubmitter(DevChain chain, EvmAddress sender) {
    this.chain = chain;
    this.sender = sender;
    this.reader = JsonRpcChainReader.connect(chain.rpc());
  }

  @Override
  public EvmAddress sender() {
    return sender;
  }

  int sent() {
    return sent;
  }

  @Override
  public SubmissionOutcome submit(SubmissionRequest request, Duration patience) {
    if (!keys.add(request.key())) {
      throw new AssertionError("asked for twice: " + request.key());
    }
    Hash32 transaction = send(request.to(), request.data(), request.value());
    return await(reader, transaction, patience)
        .<SubmissionOutcome>map(
            receipt ->
                receipt.succeeded()
                    ? new SubmissionOutcome.Settled(receipt)
                    : new SubmissionOutcome.Rejected(
                        "reverted", "reverted", transaction, Inclusion.INCLUDED))
        .orElse(new SubmissionOutcome.Pending(transaction));
  }

  /** It remembers nothing. */
  @Override
  public Optional<SubmissionOutcome> find(SubmissionRequest request, Duration patience) {
    return Optional.empty();
  }

  Hash32 send(EvmAddress to, String data, BigInteger value) {
    sent++;
    return new Hash32(
        chain
            .rpc()
            .require(
                "eth_sendTransaction",
                Map.of(
                    "from",
                    sender.hex(),
                    "to",
                    to.hex(),
                    "data",
                    data,
                    "value",
                    "0x" + value.toString(16)))
            .asString());
  }

  static Optional<TransactionReceipt> await(
      ChainReader reader, Hash32 transaction, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    Optional<TransactionReceipt> receipt = reader.receipt(transaction);
    while (receipt.isEmpty() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      receipt = reader.receipt(transaction);
    }
    return receipt;
  }
}
