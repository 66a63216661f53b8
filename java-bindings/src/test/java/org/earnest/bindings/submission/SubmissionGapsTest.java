package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionListener;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.testkit.submission.InMemorySubmissionJournal;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/** What a node that counts what nobody has sent can do to an account, and what it cannot. */
final class SubmissionGapsTest {
  private static final Duration SLOW =
      SubmissionSettings.DEFAULT.leaseTerm().dividedBy(2).plusMillis(1);
  private static final long WRONG_COUNT = 40;

  private final SimulatedChain chain = new SimulatedChain();
  private final SimulatedNode node = new SimulatedNode(chain);
  private final SimulatedTime time = new SimulatedTime();
  private final InMemorySubmissionJournal journal = new InMemorySubmissionJournal(time);
  private Optional<BigInteger> pending = Optional.empty();
  private Duration sending = Duration.ZERO;
  private int refusedFrom = Integer.MAX_VALUE;
  private int sent;
  private long heard;

  private final JournaledTransactionSubmitter submitter = submitter(this::answer);

  @Test
  void aLongGapIsFilledInRounds() {
    leaveGap();

    assertThat(submitter.reconcile().filled()).isEqualTo(Gaps.MAX_FILLS);
    assertThat(submitter.reconcile().filled()).isEqualTo(Gaps.MAX_FILLS);
    assertThat(submitter.reconcile().filled()).isEqualTo((int) WRONG_COUNT - 2 * Gaps.MAX_FILLS);
    chain.mine();
    assertThat(chain.nonce(chain.head().number())).isEqualTo(WRONG_COUNT + 1);
    assertThat(heard).isEqualTo(WRONG_COUNT);
  }

  @Test
  void theLeaseIsKeptWhileASlowNodeIsSentWhatFills() {
    leaveGap();
    sending = SLOW;

    assertThat(submitter.reconcile().filled()).isEqualTo(Gaps.MAX_FILLS);
  }

  @Test
  void theFirstThatIsRefusedEndsTheRound() {
    leaveGap();
    refusedFrom = sent + 3;

    assertThat(submitter.reconcile().filled()).isEqualTo(3);
  }

  @Test
  void aCountThatCannotBeIsNotBelieved() {
    pending = Optional.of(BigInteger.TWO.pow(200));
    assertThatThrownBy(() -> submit("k")).isInstanceOf(ChainUnavailableException.class);
    pending = Optional.of(BigInteger.valueOf(Sequencer.MAX_FOREIGN + 1));
    assertThatThrownBy(() -> submit("k")).isInstanceOf(ChainUnavailableException.class);
    assertThat(journal.highestNonce(chainId(), SimulatedSigner.ADDRESS)).isEmpty();

    pending = Optional.empty();
    submit("k");
    assertThat(journal.highestNonce(chainId(), SimulatedSigner.ADDRESS)).hasValue(0);
  }

  private void leaveGap() {
    pending = Optional.of(BigInteger.valueOf(WRONG_COUNT));
    submit("k");
    pending = Optional.empty();
  }

  private void submit(String key) {
    var unused =
        submitter.submit(
            new SubmissionRequest(key, new EvmAddress("0x" + "7".repeat(40)), "0xaa"),
            Duration.ZERO);
  }

  private RpcReply answer(String method, Object... params) {
    if (method.equals("eth_sendRawTransaction")) {
      time.pass(sending);
      if (sent++ >= refusedFrom) {
        return new RpcReply.Failure(-32_000, "the pool is full", Optional.empty());
      }
    }
    return method.equals("eth_getTransactionCount") && params[1].equals("pending")
        ? pending
            .<RpcReply>map(
                count -> new RpcReply.Result(StringNode.valueOf("0x" + count.toString(16))))
            .orElseGet(() -> node.call(method, List.of(params), 0))
        : node.call(method, List.of(params), 0);
  }

  private JournaledTransactionSubmitter submitter(JsonRpc rpc) {
    return new JournaledTransactionSubmitter(
        rpc,
        JsonRpcChainReader.connect(rpc),
        new SimulatedSigner(),
        journal,
        SubmissionSettings.DEFAULT,
        new SubmissionListener() {
          @Override
          public void gapFilled(EvmAddress signer) {
            heard++;
          }
        },
        time);
  }

  private static Caip2ChainId chainId() {
    return Caip2ChainId.eip155(31337);
  }
}
