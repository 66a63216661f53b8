package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.rpc.FailoverJsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.rpc.RpcSettings;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionOutcome.Settled;
import org.earnest.core.submission.SubmissionState;
import org.earnest.testkit.chain.FaultyRpcServer;
import org.earnest.testkit.chain.NodeFault;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One node is wrong all the time; whether there are others decides what becomes of it. */
@Timeout(120)
final class LyingNodeIT extends SubmissionFixture {
  private static final Duration WHILE = Duration.ofSeconds(1);
  private static final RpcSettings QUICK =
      new RpcSettings(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofMillis(5),
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofMinutes(1));

  @ParameterizedTest
  @ValueSource(ints = {-3, 50, 20_000})
  void aLieAboutBothCountsIsNotBelievedOfTwo(int lie) {
    JournaledTransactionSubmitter submitter = behind(wire.url(), sandbox.anvil.url());
    submitter.submit(mint("before"), PATIENCE);
    submitter.submit(mint("too"), PATIENCE);
    long honest = nonce("too") + 1;
    wire.failAll(new NodeFault.WrongNonce(lie, lie));

    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(Settled.class);
    assertThat(nonce("k")).isEqualTo(honest);
    assertThatThrownBy(submitter::reconcile).isInstanceOf(ChainUnavailableException.class);
    wire.recover();
    assertThat(submitter.reconcile()).isEqualTo(new Reconciliation(0, 0, 0, 0, 0));
  }

  @Test
  void ofThreeTheTwoThatAgreeAreBelieved() {
    try (FaultyRpcServer third = FaultyRpcServer.proxy(sandbox.anvil.url())) {
      JournaledTransactionSubmitter submitter =
          behind(wire.url(), third.url(), sandbox.anvil.url());
      wire.failAll(new NodeFault.WrongNonce(50, 50));

      assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(Settled.class);
      assertThat(submitter.reconcile()).isEqualTo(new Reconciliation(0, 0, 0, 0, 0));
    }
  }

  /** What one URL alone says of both counts is believed: a gap, which is filled, and no loss. */
  @Test
  void ofOneALieAboutBothCountsCostsEmptyTransactions() {
    JournaledTransactionSubmitter submitter = behind(wire.url());
    long honest = submitted(submitter, "before") + 1;
    wire.failNext("eth_getTransactionCount", new NodeFault.WrongNonce(2, 2));
    submitter.submit(mint("k"), SHORT);
    assertThat(nonce("k")).isEqualTo(honest + 2);
    wire.recover();

    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(Settled.class);
    assertThat(minted().intValueExact()).isEqualTo(20);
    assertThat(journal.fromNonce(sandbox.chain.chainId(), sandbox.seller.address(), honest))
        .hasSize(3);
  }

  @Test
  void whatOneOfTwoHasNotSeenIsNotSettled() {
    JournaledTransactionSubmitter submitter = behind(wire.url(), sandbox.anvil.url());
    wire.failAll(new NodeFault.StaleBlock(1));

    SubmissionOutcome early = submitter.submit(mint("k"), WHILE);
    assertThat(early).isNotInstanceOf(Settled.class);
    assertThat(state("k").open()).isTrue();
    awaitReceipt(hash("k"));
    mine();
    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(Settled.class);
  }

  @Test
  void whatOneOfTwoAloneKnowsIsNotFinal() {
    JournaledTransactionSubmitter submitter = behind(wire.url(), sandbox.anvil.url());
    submitter.submit(mint("k"), PATIENCE);
    wire.failAll(new NodeFault.StaleBlock(13));
    sandbox.rpc.require("anvil_mine", "0xd");

    reconcileIfPossible(submitter);
    assertThat(state("k")).isInstanceOf(SubmissionState.Mined.class);
    wire.recover();
    submitter.reconcile();
    assertThat(state("k")).isInstanceOf(SubmissionState.Final.class);
  }

  @Test
  void withOneOfTwoDownNothingIsConfirmedAndNothingLost() {
    JournaledTransactionSubmitter submitter = behind(sandbox.anvil.url(), wire.url());
    automine(false);
    submitter.submit(mint("k"), SHORT);
    wire.failAll(RpcFault.DROPPED_BEFORE);
    mine();

    assertThat(submitter.submit(mint("k"), WHILE)).isInstanceOf(SubmissionOutcome.Unknown.class);
    wire.recover();
    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(Settled.class);
    assertThat(minted()).isEqualTo(TEN);
  }

  @Test
  void aNodeThatLosesWhatItTakesHoldsNothingBack() {
    JournaledTransactionSubmitter submitter = behind(wire.url(), sandbox.anvil.url());
    automine(false);
    failAll("eth_sendRawTransaction", RpcFault.NULL_RESULT);
    submitter.submit(mint("k"), WHILE);
    // What the other node takes late is mined as well.
    automine(true);
    mine();

    assertThat(submitter.submit(mint("k"), PATIENCE)).isInstanceOf(Settled.class);
  }

  private JournaledTransactionSubmitter behind(URI... urls) {
    rpc = FailoverJsonRpc.connect(List.of(urls), Optional.empty(), QUICK);
    return new JournaledTransactionSubmitter(
        rpc, JsonRpcChainReader.connect(rpc), sandbox.seller, journal, SETTINGS);
  }

  private long submitted(JournaledTransactionSubmitter submitter, String key) {
    assertThat(submitter.submit(mint(key), PATIENCE)).isInstanceOf(Settled.class);
    return nonce(key);
  }

  private long nonce(String key) {
    return state(key).planned().orElseThrow().nonce();
  }

  private static void reconcileIfPossible(JournaledTransactionSubmitter submitter) {
    try {
      submitter.reconcile();
    } catch (ChainUnavailableException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }
}
