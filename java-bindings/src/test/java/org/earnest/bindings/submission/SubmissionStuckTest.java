package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.bindings.signer.SigningPolicy;
import org.earnest.bindings.signer.SigningPolicy.Allowed;
import org.earnest.bindings.submission.SimulatedChain.Transaction;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState.Expired;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/**
 * What waits for long, though nothing seems to be wrong with it or nothing may be done about it.
 */
final class SubmissionStuckTest extends SubmissionOnASimulatedNode {
  private static final int STUCK = SubmissionSettings.DEFAULT.stuckAfterBlocks();
  private static final Duration IDLE =
      SubmissionSettings.DEFAULT.resendInterval().multipliedBy(Replacements.IDLE_INTERVALS);

  @Test
  void whatOffersEnoughAndIsNotMinedIsRaisedInTheEnd() {
    hold();
    submit("k");
    submitter.reconcile();
    mine(STUCK);
    submitter.reconcile();
    assertThat(attempts()).as("it offers what the chain asks for").hasSize(1);

    mine(2 * STUCK);
    submitter.reconcile();

    List<SignedTransaction> attempts = attempts();
    assertThat(attempts).hasSize(2);
    assertThat(attempts.getFirst().maxFeePerGas()).isGreaterThan(attempts.getLast().maxFeePerGas());
  }

  @Test
  void whatThePolicyDoesNotLetBeRaisedIsGivenUpWhereTheCallerAllowsIt() {
    SubmissionRequest request = request("k").orCancelled();
    JournaledTransactionSubmitter first = submitter(SubmissionSettings.DEFAULT);
    var unused = first.submit(request, Duration.ZERO);
    SignedTransaction sent = attempts().getFirst();
    BigInteger fee = sent.gasLimit().multiply(sent.maxFeePerGas());
    // A transaction that does nothing needs less gas, and its higher fees are within the cap.
    instead =
        (method, params) ->
            method.equals("eth_estimateGas")
                ? new RpcReply.Result(StringNode.valueOf("0x5208"))
                : node.call(method, List.of(params), lag);
    JournaledTransactionSubmitter bound =
        submitter(
            SubmissionSettings.DEFAULT.withPolicy(
                new SigningPolicy(
                    Map.of(request.to(), new Allowed(Set.of("0xaaaaaaaa"), true)),
                    BigInteger.ZERO,
                    fee,
                    BigInteger.TEN.pow(30))));
    bound.reconcile();
    chain.ask(sent.maxFeePerGas().add(BigInteger.ONE));
    mine(STUCK);

    bound.reconcile();
    assertThat(attempts().getFirst().cancels()).isTrue();
    assertThat(attempts().getFirst().gasLimit()).isLessThan(sent.gasLimit());

    chain.ask(BigInteger.ONE);
    chain.mine();
    bound.reconcile();
    assertThat(state("k")).isInstanceOf(Expired.class);
  }

  @Test
  void whatTheNodeHoldsAndDoesNotCountIsRaisedByTheLeastWhereNoBlockComes() {
    holdWithoutCounting(0);
    submit("k");
    submitter.reconcile();
    time.pass(IDLE.minusMillis(1));
    submitter.reconcile();
    assertThat(attempts()).as("a block may still come").hasSize(1);

    time.pass(Duration.ofMillis(1));
    submitter.reconcile();

    assertThat(attempts()).hasSize(2);
    SignedTransaction last = attempts().getFirst();
    assertThat(new Fees(last.maxFeePerGas(), last.maxPriorityFeePerGas()))
        .isEqualTo(Fees.least(attempts().getLast().plan()));
  }

  @Test
  void aNodeThatCountsNothingMakesNothingDear() {
    holdWithoutCounting(0);
    submit("k");
    for (int round = 0; round < 9; round++) {
      submitter.reconcile();
      time.pass(IDLE);
    }

    assertThat(attempts()).hasSize(Replacements.MOST_ATTEMPTS);
  }

  @Test
  void whatIsLeftOutWaitsWhileBlocksCome() {
    holdWithoutCounting(0);
    submit("k");
    for (int block = 1; block < STUCK; block++) {
      submitter.reconcile();
      time.pass(IDLE.minusMillis(1));
      mine(1);
    }
    submitter.reconcile();

    assertThat(attempts()).hasSize(1);
  }

  @Test
  void whatTheNodeCountsWaitsForABlock() {
    holdWithoutCounting(1);
    assertItWaits();
  }

  @Test
  void whatANodeDoesNotHoldIsSentAgainAsItIs() {
    holdWithoutCounting(0);
    JsonRpc holding = instead;
    instead =
        (method, params) ->
            method.equals("eth_getTransactionByHash")
                ? refusal("there is no index of transactions")
                : holding.call(method, params);
    assertItWaits();
  }

  @Test
  void aNodeThatDoesNotTellItsCountKeepsNothingFromBeingSent() {
    holdWithoutCounting(0);
    submit("k");
    submitter.reconcile();
    time.pass(IDLE);
    JsonRpc holding = instead;
    AtomicInteger sent = new AtomicInteger();
    instead =
        (method, params) -> {
          sent.addAndGet(method.equals("eth_sendRawTransaction") ? 1 : 0);
          return method.equals("eth_getTransactionCount") && params[1].equals("pending")
              ? refusal("pending is not served here")
              : holding.call(method, params);
        };
    submitter.reconcile();

    assertThat(sent).hasValue(1);
    assertThat(attempts()).hasSize(1);
  }

  @Test
  void aHeadThatFallsBackWithinARoundRaisesNothing() {
    hold();
    submit("k");
    submitter.reconcile();
    mine(STUCK);
    JsonRpc holding = instead;
    instead =
        (method, params) -> {
          lag = method.equals("eth_maxPriorityFeePerGas") ? 1 : lag;
          return holding.call(method, params);
        };
    submitter.reconcile();

    assertThat(attempts()).as("it offers what the chain asks for").hasSize(1);
  }

  private void assertItWaits() {
    submit("k");
    submitter.reconcile();
    time.pass(IDLE);
    submitter.reconcile();

    assertThat(attempts()).hasSize(1);
  }

  private void holdWithoutCounting(int pending) {
    hold();
    JsonRpc holding = instead;
    instead =
        (method, params) ->
            method.equals("eth_getTransactionCount") && params[1].equals("pending")
                ? new RpcReply.Result(StringNode.valueOf("0x" + pending))
                : holding.call(method, params);
  }

  /** The node has what it is sent, and nobody mines it. */
  private void hold() {
    instead =
        (method, params) ->
            switch (method) {
              case "eth_sendRawTransaction" ->
                  new RpcReply.Result(
                      StringNode.valueOf(Transaction.decode((String) params[0]).hash().hex()));
              case "eth_getTransactionByHash" ->
                  new RpcReply.Result(JsonNodeFactory.instance.objectNode());
              default -> node.call(method, List.of(params), lag);
            };
  }

  /** The newest first. */
  private List<SignedTransaction> attempts() {
    return journal.attempts(SubmissionId.of(Caip2ChainId.eip155(31337), "k"));
  }
}
