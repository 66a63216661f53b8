package org.earnest.bindings.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.earnest.bindings.signer.SigningPolicy;
import org.earnest.bindings.signer.SigningPolicy.Allowed;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState.Expired;
import org.earnest.core.submission.SubmissionState.Prepared;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.earnest.core.submission.SubmissionState.Signed;
import org.earnest.core.submission.TransactionPlan;
import org.junit.jupiter.api.Test;

/** What a key's policy forbids is given no nonce, and a restart does not fill its budget again. */
final class SubmissionPolicyIT extends SubmissionFixture {
  private static final BigInteger ETHER = BigInteger.TEN.pow(18);
  private static final String MINT = "0x40c10f19";

  private SigningPolicy policy(BigInteger maxFee, BigInteger budget) {
    return new SigningPolicy(
        Map.of(sandbox.token, new Allowed(Set.of(MINT), false)), BigInteger.ZERO, maxFee, budget);
  }

  private JournaledTransactionSubmitter bound(SigningPolicy policy) {
    return submitter(sandbox.seller, SETTINGS.withPolicy(policy));
  }

  private JournaledTransactionSubmitter bound() {
    return bound(policy(ETHER, ETHER));
  }

  private BigInteger nonce() {
    return sandbox.chain.transactionCount(sandbox.seller.address(), BlockTag.Named.PENDING);
  }

  private BigInteger cost(String key) {
    TransactionPlan plan = state(key).planned().orElseThrow();
    return plan.gasLimit().multiply(plan.maxFeePerGas());
  }

  @Test
  void whatItNamesIsSentAndNothingElseGetsANonce() {
    JournaledTransactionSubmitter submitter = bound();
    EvmAddress buyer = sandbox.buyer.address();
    assertThat(submitter.submit(mint("a"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
    BigInteger before = nonce();

    assertThat(code(submitter.submit(spend("b"), PATIENCE)))
        .contains("policy_function_not_allowed");
    assertThat(
            code(
                submitter.submit(
                    new SubmissionRequest("c", buyer, "0x", BigInteger.ONE), PATIENCE)))
        .contains("policy_contract_not_allowed");

    assertThat(state("b")).isInstanceOf(Rejected.class);
    assertThat(code(submitter.submit(spend("b"), PATIENCE)))
        .as("asked again")
        .contains("policy_function_not_allowed");
    assertThat(nonce()).isEqualTo(before);
    assertThat(submitter.submit(mint("d"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
  }

  @Test
  void aFeeBeyondItsCapIsRefused() {
    assertThat(code(bound(policy(BigInteger.TWO, ETHER)).submit(mint("a"), PATIENCE)))
        .contains("policy_fee_cap");
    assertThat(minted()).isZero();
  }

  @Test
  void theBudgetIsTheJournalsAndComesBackAfterADay() {
    assertThat(bound().submit(mint("a"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
    // Room for another one at a lower base fee, and not for a third.
    BigInteger budget = cost("a").multiply(BigInteger.valueOf(5)).divide(BigInteger.TWO);
    assertThat(bound(policy(ETHER, budget)).submit(mint("b"), PATIENCE))
        .isInstanceOf(SubmissionOutcome.Settled.class);

    JournaledTransactionSubmitter restarted = bound(policy(ETHER, cost("a").add(cost("b"))));
    assertThat(code(restarted.submit(mint("c"), PATIENCE))).contains("policy_day_budget");

    time.updateAndGet(now -> now.plus(Duration.ofDays(1)));
    assertThat(restarted.submit(mint("c"), PATIENCE)).isInstanceOf(SubmissionOutcome.Settled.class);
    assertThat(minted()).isEqualTo(TEN.multiply(BigInteger.valueOf(3)));
  }

  /** It has a nonce already: others wait behind it. */
  @Test
  void whatIsForbiddenSinceItWasNumberedIsGivenUp() {
    FailingJournal failing = new FailingJournal(journal);
    failing.failStepsTo(Set.of(Signed.class));
    SubmissionOutcome unsure =
        submitter(sandbox.seller, SETTINGS, failing).submit(mint("a"), SHORT);
    assertThat(unsure).isInstanceOf(SubmissionOutcome.Unknown.class);
    assertThat(state("a")).isInstanceOf(Prepared.class);

    SigningPolicy stricter = new SigningPolicy(Map.of(), BigInteger.ZERO, ETHER, ETHER);
    JournaledTransactionSubmitter restarted = bound(stricter);
    restarted.reconcile();

    assertThat(code(restarted.submit(mint("a"), PATIENCE))).contains("expired");
    assertThat(state("a")).isInstanceOf(Expired.class);
    assertThat(minted()).isZero();
  }
}
