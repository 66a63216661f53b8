package org.earnest.kit.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.testkit.submission.InMemorySubmissionJournal;
import org.earnest.testkit.submission.SubmissionJournalContract;
import org.junit.jupiter.api.Test;

class MeteredSubmissionJournalTest extends SubmissionJournalContract {
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31337);
  private static final EvmAddress SENDER = new EvmAddress("0x" + "1".repeat(40));
  private static final SignedTransaction TRANSACTION =
      new SignedTransaction(
          SENDER,
          0,
          new Hash32("0x" + "a".repeat(64)),
          "0x02",
          BigInteger.TEN,
          BigInteger.TWO,
          BigInteger.ONE);

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final SubmissionJournal journal =
      new MeteredSubmissionJournal(new InMemorySubmissionJournal(), metrics);

  @Override
  protected SubmissionJournal journal() {
    return journal;
  }

  @Test
  void countsStepsLeasesAndWhatIsOpen() {
    SubmissionRequest request = new SubmissionRequest("k", SENDER, "0x");
    SubmissionId id = SubmissionId.of(CHAIN, "k");
    journal.claim(CHAIN, SENDER, request);
    SignerLease lease =
        journal.lease(CHAIN, SENDER, new UUID(0, 1), Duration.ofMinutes(1)).orElseThrow();
    SubmissionState prepared = new SubmissionState.Prepared(TRANSACTION.plan());
    SubmissionState signed = new SubmissionState.Signed(TRANSACTION);
    journal.advance(lease, id, new SubmissionState.Claimed(), prepared);
    journal.advance(lease, id, prepared, signed);
    assertThat(journal.open(CHAIN, SENDER)).hasSize(1);
    assertThat(metrics.get("submissions.open").gauge().value()).isEqualTo(1);
    journal.advance(
        id,
        signed,
        new SubmissionState.Mined(
            TRANSACTION, new BlockRef(CHAIN, 1, new Hash32("0x" + "b".repeat(64)))));

    assertThat(steps("prepared", "signed")).isEqualTo(1);
    assertThat(steps("signed", "mined")).isEqualTo(1);
    assertThat(metrics.get("submissions.lease.changes").counter().count()).isEqualTo(1);
    assertThat(metrics.get("submissions.state").tag("state", "signed").timer().count())
        .isEqualTo(1);
    assertThat(journal.open(CHAIN, SENDER)).isEmpty();
    assertThat(metrics.get("submissions.open").gauge().value()).isZero();
  }

  @Test
  void countsWhatABatchTakesAlongAndGivesUp() {
    List<Submission> items =
        Stream.of("a", "b")
            .map(key -> journal.claim(CHAIN, SENDER, new SubmissionRequest(key, SENDER, "0x")))
            .map(claim -> ((SubmissionJournal.Claim.Taken) claim).submission())
            .toList();
    journal.carry(CHAIN, SENDER, new SubmissionRequest("batch", SENDER, "0x"), items);
    SubmissionId carrier = SubmissionId.of(CHAIN, "batch");
    journal.advance(
        carrier, new SubmissionState.Claimed(), new SubmissionState.Rejected("reverted", "why"));
    journal.dissolve(carrier);
    journal.dissolve(carrier);

    assertThat(steps("claimed", "carried")).isEqualTo(2);
    assertThat(steps("carried", "claimed")).isEqualTo(2);
    assertThat(steps("rejected", "dissolved")).isEqualTo(1);
  }

  private double steps(String from, String to) {
    return metrics.get("submissions.steps").tag("from", from).tag("to", to).counter().count();
  }
}
