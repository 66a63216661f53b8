package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.chain.Sandbox;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.submission.Finality;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionListener;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.testkit.chain.FaultyRpcServer;
import org.earnest.testkit.chain.RpcFault;
import org.earnest.testkit.submission.InMemorySubmissionJournal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An anvil behind a wire that misbehaves as told, and the engine's parts around them. */
abstract class SubmissionFixture {
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /** For a node's answer; where one is sure to come, a busy machine may take its time. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private static final Duration NO_ANSWER = Duration.ofSeconds(3);
  static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final int FOR_LONG = 500;
  static final BigInteger TEN = BigInteger.TEN;
  static final int DEPTH = 12;
  static final SubmissionSettings SETTINGS =
      SubmissionSettings.DEFAULT
          .withMaxGas(BigInteger.valueOf(1_000_000))
          .withMaxFeePerGas(BigInteger.valueOf(100_000_000_000L))
          .withIntervals(Duration.ofMillis(50), Duration.ofMillis(300))
          .withFinality(new Finality.Depth(DEPTH));

  Sandbox sandbox;
  FaultyRpcServer wire;
  JsonRpc rpc;
  TokenReads balances;

  /** The journal's clock; it stands still unless told. */
  final AtomicReference<Instant> time = new AtomicReference<>(Instant.EPOCH);

  final InMemorySubmissionJournal journal = new InMemorySubmissionJournal(time::get);

  /** What the engine told of what costs gas in vain. */
  final List<String> heard = new CopyOnWriteArrayList<>();

  private final SubmissionListener listener =
      new SubmissionListener() {
        @Override
        public void gapFilled(EvmAddress signer) {
          heard.add("gap filled");
        }

        @Override
        public void replaced(EvmAddress signer) {
          heard.add("replaced");
        }

        @Override
        public void cancelled(EvmAddress signer) {
          heard.add("cancelled");
        }

        @Override
        public void reverted(EvmAddress signer, BigInteger gasUsed) {
          heard.add("reverted " + gasUsed);
        }

        @Override
        public void callFailed(EvmAddress signer, BigInteger gasUsed) {
          heard.add("call failed " + gasUsed.signum());
        }
      };

  @BeforeEach
  void begin() {
    sandbox = new Sandbox();
    wire = FaultyRpcServer.proxy(sandbox.anvil.url());
    rpc = HttpJsonRpc.to(wire.url(), ANSWER);
    balances = new TokenReads(sandbox.chain, sandbox.token);
  }

  @AfterEach
  void end() {
    wire.close();
    sandbox.close();
  }

  /** Waits for a silent node no longer than it takes to tell that it is one. */
  void expect(RpcFault fault) {
    if (fault == RpcFault.SILENT) {
      rpc = HttpJsonRpc.to(wire.url(), NO_ANSWER);
    }
  }

  JournaledTransactionSubmitter submitter() {
    return submitter(sandbox.seller, SETTINGS);
  }

  JournaledTransactionSubmitter submitter(EvmSigner signer, SubmissionSettings settings) {
    return submitter(signer, settings, journal);
  }

  JournaledTransactionSubmitter submitter(
      EvmSigner signer, SubmissionSettings settings, SubmissionJournal kept) {
    return new JournaledTransactionSubmitter(
        rpc, JsonRpcChainReader.connect(rpc), signer, kept, settings, listener);
  }

  SubmissionRequest mint(String key) {
    ChainCall call = new TokenCalls(sandbox.token).mint(sandbox.seller.address(), TEN);
    return new SubmissionRequest(key, call.to(), call.data());
  }

  /** The seller's tokens, all of them, to the buyer: it can be made once. */
  SubmissionRequest spend(String key) {
    ChainCall call = new TokenCalls(sandbox.token).transfer(sandbox.buyer.address(), TEN);
    return new SubmissionRequest(key, call.to(), call.data());
  }

  BigInteger minted() {
    return balances.balance(sandbox.seller.address(), BlockTag.Named.LATEST);
  }

  SubmissionState state(String key) {
    return journal.find(SubmissionId.of(sandbox.chain.chainId(), key)).orElseThrow().state();
  }

  Hash32 hash(String key) {
    return state(key).signed().orElseThrow().hash();
  }

  /** The node loses a transaction of its pool. */
  void forget(String key) {
    sandbox.rpc.require("anvil_dropTransaction", hash(key).hex());
  }

  /** A transaction of the seller's that the journal knows nothing of. */
  Hash32 sendFromElsewhere() {
    EvmAddress seller = sandbox.seller.address();
    return new Hash32(
        sandbox
            .rpc
            .require("eth_sendTransaction", Map.of("from", seller.hex(), "to", seller.hex()))
            .stringValue());
  }

  void automine(boolean on) {
    sandbox.rpc.require("evm_setAutomine", on);
  }

  void mine() {
    sandbox.rpc.require("evm_mine");
  }

  void burnSellersTokens() {
    burn(sandbox.seller.address());
    assertThat(minted()).isZero();
  }

  /** Zeroes the balance in storage: solady keeps it at keccak256(owner . 0 . seed). */
  void burn(EvmAddress account) {
    String owner = account.hex().substring(2);
    Hash32 slot = Keccak256.hash(Hex.decode("0x" + owner + "0".repeat(16) + "87a211a2"));
    sandbox.rpc.require("anvil_setStorageAt", sandbox.token.hex(), slot.hex(), Hash32.ZERO.hex());
    mine();
  }

  void failAll(String method, RpcFault fault) {
    RpcFault[] all = new RpcFault[FOR_LONG];
    Arrays.fill(all, fault);
    wire.failNext(method, all);
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("waited in vain for %s", what).isNegative();
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  void awaitReceipt(Hash32 transaction) {
    await(
        "the receipt of " + transaction.hex(),
        () -> sandbox.chain.receipt(transaction).isPresent());
  }

  static SubmissionOutcome.Rejected rejected(SubmissionOutcome outcome) {
    return (SubmissionOutcome.Rejected) outcome;
  }

  static Optional<String> code(SubmissionOutcome outcome) {
    return outcome instanceof SubmissionOutcome.Rejected rejected
        ? Optional.of(rejected.code())
        : Optional.empty();
  }
}
