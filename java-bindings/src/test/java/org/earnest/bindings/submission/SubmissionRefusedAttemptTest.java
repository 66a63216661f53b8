package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionState.Final;
import org.junit.jupiter.api.Test;

/** A node that refuses the last attempt, for its fee or the balance, and would take an earlier. */
final class SubmissionRefusedAttemptTest extends SubmissionOnASimulatedNode {
  private static final BigInteger DEAR = BigInteger.valueOf(1_000);

  @Test
  void anEarlierAttemptIsSentThen() {
    submit("k");
    submitter.reconcile();
    chain.ask(DEAR);
    mine(SubmissionSettings.DEFAULT.stuckAfterBlocks());
    submitter.reconcile();
    List<String> attempts = attempts();
    assertThat(attempts).hasSize(2);
    chain.forgetAll();
    chain.ask(BigInteger.TEN);

    instead =
        (method, params) ->
            method.equals("eth_sendRawTransaction") && params[0].equals(attempts.getFirst())
                ? refusal("tx fee exceeds the configured cap")
                : node.call(method, List.of(params), lag);
    submitter.reconcile();
    chain.mine();
    mine(SubmissionSettings.DEFAULT.stuckAfterBlocks() * 3);
    submitter.reconcile();
    submitter.reconcile();
    assertThat(state("k"))
        .isInstanceOfSatisfying(
            Final.class, end -> assertThat(end.transaction().raw()).isEqualTo(attempts.getLast()));
    assertThat(attempts()).isEqualTo(attempts);
  }

  private List<String> attempts() {
    return journal.attempts(SubmissionId.of(Caip2ChainId.eip155(31337), "k")).stream()
        .map(SignedTransaction::raw)
        .toList();
  }
}
