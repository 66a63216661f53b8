package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.Finality;
import org.earnest.core.submission.Inclusion;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionOutcome.Settled;
import org.earnest.core.submission.SubmissionState;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mined is not final: what the engine says of a block, and what it does when the block goes. */
final class SubmissionFinalityIT extends SubmissionFixture {
  /** For each seed: an anvil keeps only so many states. */
  private static final int REORGANISATIONS = 40;

  private static final int DEEPEST = 64;

  static List<Finality> finalities() {
    return List.of(new Finality.Depth(DEPTH), new Finality.Safe(), new Finality.Finalized());
  }

  @ParameterizedTest
  @MethodSource("finalities")
  void whatIsInABlockIsIncludedAndBecomesFinal(Finality finality) {
    JournaledTransactionSubmitter submitter =
        submitter(sandbox.seller, SETTINGS.withFinality(finality));
    assertThat(inclusion(submitter.submit(mint("k"), PATIENCE))).contains(Inclusion.INCLUDED);
    submitter.reconcile();
    assertThat(state("k")).isInstanceOf(SubmissionState.Mined.class);

    sandbox.rpc.require("anvil_mine", "0x80");
    submitter.reconcile();
    assertThat(state("k")).isInstanceOf(SubmissionState.Final.class);
    assertThat(inclusion(submitter.submit(mint("k"), PATIENCE))).contains(Inclusion.FINAL);
  }

  @Test
  void aRevertBecomesFinalToo() {
    JournaledTransactionSubmitter submitter = submitter();
    submitter.submit(mint("before"), PATIENCE);
    automine(false);
    submitter.submit(spend("k"), SHORT);
    forget("k");
    burnSellersTokens();
    automine(true);
    SubmissionOutcome.Rejected reverted = rejected(submitter.submit(spend("k"), PATIENCE));
    assertThat(reverted.code()).isEqualTo("reverted");
    assertThat(reverted.inclusion()).contains(Inclusion.INCLUDED);
    sandbox.rpc.require("anvil_mine", "0xd");
    submitter.reconcile();

    assertThat(state("k"))
        .isInstanceOfSatisfying(
            SubmissionState.Final.class, firm -> assertThat(firm.revert()).isPresent());
    SubmissionOutcome.Rejected firm = rejected(submitter.submit(spend("k"), PATIENCE));
    assertThat(firm.reason()).isEqualTo(reverted.reason());
    assertThat(firm.inclusion()).contains(Inclusion.FINAL);
  }

  @Test
  void whatFellOutIsSentAgainThoughNobodyAsks() {
    JournaledTransactionSubmitter submitter = submitter();
    String snapshot = sandbox.rpc.require("evm_snapshot").stringValue();
    submitter.submit(mint("k"), PATIENCE);
    Hash32 bytes = hash("k");
    automine(false);
    sandbox.rpc.require("evm_revert", snapshot);
    sandbox.rpc.require("anvil_mine", "0x3");

    assertThat(submitter.reconcile()).isEqualTo(new Reconciliation(0, 1, 0, 0, 0));
    assertThat(state("k").inclusion()).contains(Inclusion.PENDING);
    mine();
    submitter.reconcile();
    assertThat(state("k")).isInstanceOf(SubmissionState.Mined.class);
    assertThat(hash("k")).isEqualTo(bytes);
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void whatFellOutAndCannotBeSentIsToldAsReorged() {
    JournaledTransactionSubmitter submitter = submitter();
    String snapshot = sandbox.rpc.require("evm_snapshot").stringValue();
    submitter.submit(mint("k"), PATIENCE);
    sandbox.rpc.require("evm_revert", snapshot);
    sandbox.rpc.require("anvil_mine", "0x3");
    failAll("eth_sendRawTransaction", RpcFault.BAD_GATEWAY);

    assertThat(submitter.submit(mint("k"), SHORT))
        .isEqualTo(new SubmissionOutcome.Pending(hash("k"), Inclusion.REORGED));
  }

  @Test
  void whatFellOutIsFoundInItsNewBlock() {
    JournaledTransactionSubmitter submitter = submitter();
    String snapshot = sandbox.rpc.require("evm_snapshot").stringValue();
    submitter.submit(mint("k"), PATIENCE);
    BlockRef old = block("k");
    String raw = state("k").signed().orElseThrow().raw();
    sandbox.rpc.require("evm_revert", snapshot);
    sandbox.rpc.require("anvil_mine", "0x3");
    sandbox.rpc.require("eth_sendRawTransaction", raw);
    awaitReceipt(hash("k"));

    submitter.reconcile();
    assertThat(state("k")).isInstanceOf(SubmissionState.Mined.class);
    assertThat(block("k")).isNotEqualTo(old);
    assertThat(wire.calls("eth_sendRawTransaction")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noReorganisationLosesOrDoublesAnything(long seed) {
    Random random = new Random(seed);
    JournaledTransactionSubmitter submitter =
        submitter(sandbox.seller, SETTINGS.withFinality(new Finality.Depth(2 * DEEPEST)));
    // A snapshot while a block is being made by itself would hold half of it.
    automine(false);
    mineTo(head() + DEEPEST);
    int sent = 0;
    for (int i = 0; i < REORGANISATIONS; i++) {
      for (int more = random.nextInt(3); more > 0; more--) {
        submitter.submit(mint("k/" + sent++), Duration.ZERO);
      }
      if (random.nextBoolean()) {
        mineTo(head() + 1);
        submitter.reconcile();
      }
      reorganise(1 + random.nextInt(DEEPEST));
      submitter.reconcile();
    }
    automine(true);
    mine();
    for (int i = 0; i < sent; i++) {
      assertThat(submitter.submit(mint("k/" + i), PATIENCE))
          .as("seed %d, submission %d", seed, i)
          .isInstanceOf(Settled.class);
    }
    assertThat(minted()).isEqualTo(TEN.multiply(BigInteger.valueOf(sent)));
  }

  private record Memory(long height, String snapshot) {}

  private final Deque<Memory> memories = new ArrayDeque<>();

  private void remember() {
    memories.push(new Memory(head(), sandbox.rpc.require("evm_snapshot").stringValue()));
  }

  /** The last blocks are replaced by empty ones, and one more. */
  private void reorganise(int depth) {
    long height = head();
    while (memories.element().height() > height - depth) {
      memories.pop();
    }
    sandbox.rpc.require("evm_revert", memories.pop().snapshot());
    mineTo(height + 1);
  }

  private void mineTo(long height) {
    while (head() < height) {
      remember();
      mine();
    }
  }

  private long head() {
    return sandbox.chain.block(BlockTag.Named.LATEST).orElseThrow().ref().number();
  }

  private static Optional<Inclusion> inclusion(SubmissionOutcome outcome) {
    return outcome instanceof Settled settled ? Optional.of(settled.inclusion()) : Optional.empty();
  }

  private BlockRef block(String key) {
    return state(key).finalised().orElseThrow().block();
  }
}
