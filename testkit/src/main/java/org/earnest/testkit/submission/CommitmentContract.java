package org.earnest.testkit.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionJournal.Claim;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState.Broadcast;
import org.earnest.core.submission.SubmissionState.Mined;
import org.earnest.core.submission.SubmissionState.Prepared;
import org.earnest.core.submission.SubmissionState.Rejected;
import org.earnest.core.submission.SubmissionState.Signed;
import org.junit.jupiter.api.Test;

/** How every {@link SubmissionJournal} counts what an account may have to pay. */
abstract class CommitmentContract extends SignerLeaseContract {
  @Test
  void whatWasSignedIsCommittedOnceByItsDearestAttempt() {
    SignedTransaction tx = transaction(SENDER, 0);
    Submission row = takeWithValue("paid", 7);
    BigInteger first = tx.gasLimit().multiply(tx.maxFeePerGas());
    assertThat(committed(SENDER, "none")).isZero();

    step(row, CLAIMED, new Prepared(tx.plan()));
    assertThat(committed(SENDER, "none")).isEqualTo(first.add(BigInteger.valueOf(7)));
    step(row, new Prepared(tx.plan()), new Signed(tx));
    step(row, new Signed(tx), new Broadcast(tx));
    SignedTransaction raised = raised(tx, 1, false);
    step(row, new Broadcast(tx), new Signed(raised));
    SignedTransaction cancellation = raised(tx, 2, true);
    step(row, new Signed(raised), new Signed(cancellation));
    step(row, new Signed(cancellation), new Broadcast(cancellation));
    BigInteger more = tx.gasLimit().multiply(BigInteger.TWO);
    assertThat(committed(SENDER, "none")).isEqualTo(first.add(more));

    sign("other", 1);
    assertThat(committed(SENDER, "none")).isEqualTo(first.add(more).add(first));
    assertThat(committed(SENDER, "paid")).isEqualTo(first);
  }

  @Test
  void nothingElseIsCommitted() {
    sign("signed", 0);
    step(take("rejected"), CLAIMED, new Rejected("reverted", "TooEarly(1, 2)"));
    Submission unused = take("claimed");

    assertThat(committed(SENDER, "none")).isEqualTo(new BigInteger("270000000000000"));
    assertThat(committed(OTHER_SENDER, "none")).isZero();
    SubmissionId none = SubmissionId.of(CHAIN, "none");
    assertThat(journal().committed(OTHER_CHAIN, SENDER, TERM, none)).isZero();
  }

  /** Otherwise what waited for days for its signer would be signed beside a whole new budget. */
  @Test
  void whatIsOpenIsCommittedHoweverOldItIs() {
    SignedTransaction tx = transaction(SENDER, 0);
    Submission row = takeWithValue("waiting", 7);
    step(row, CLAIMED, new Prepared(tx.plan()));
    SubmissionId none = SubmissionId.of(CHAIN, "none");
    BigInteger cost = tx.gasLimit().multiply(tx.maxFeePerGas()).add(BigInteger.valueOf(7));
    assertThat(journal().committed(CHAIN, SENDER, Duration.ZERO, none)).isEqualTo(cost);

    step(row, new Prepared(tx.plan()), new Signed(tx));
    step(row, new Signed(tx), new Broadcast(tx));
    step(row, new Broadcast(tx), new Mined(tx, new BlockRef(CHAIN, 5, hash(9))));
    assertThat(journal().committed(CHAIN, SENDER, Duration.ZERO, none)).isZero();
  }

  private static SignedTransaction raised(SignedTransaction tx, int by, boolean cancels) {
    return new SignedTransaction(
        tx.signer(),
        tx.nonce(),
        hash(7000 + by),
        "0x02fa" + by,
        tx.gasLimit(),
        tx.maxFeePerGas().add(BigInteger.valueOf(by)),
        tx.maxPriorityFeePerGas(),
        cancels);
  }

  private Submission takeWithValue(String key, long wei) {
    SubmissionRequest request =
        new SubmissionRequest(key, address(7), "0x01", BigInteger.valueOf(wei));
    return ((Claim.Taken) journal().claim(CHAIN, SENDER, request)).submission();
  }

  private BigInteger committed(EvmAddress signer, String except) {
    return journal().committed(CHAIN, signer, TERM, SubmissionId.of(CHAIN, except));
  }
}
