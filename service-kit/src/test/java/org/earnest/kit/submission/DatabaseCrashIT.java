package org.earnest.kit.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionJournal.Transition;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState.Broadcast;
import org.earnest.core.submission.SubmissionState.Claimed;
import org.earnest.core.submission.SubmissionState.Prepared;
import org.earnest.core.submission.SubmissionState.Signed;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.postgres.PostgresFixture;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database's server is killed in the middle of its work, and started again on what it has
 * written.
 */
class DatabaseCrashIT {
  private static final int ROUNDS = 3;
  private static final int ROWS = 20;
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(31337);
  private static final EvmAddress SENDER = new EvmAddress("0x" + "1".repeat(40));
  private static final UUID HOLDER = UUID.randomUUID();

  @TempDir Path folder;

  @Test
  void whatWasSignedIsThereAfterwardsAndAllThatWentBefore() throws Exception {
    try (StateDirectory state = StateDirectory.open(folder)) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Submission> signed = List.of();
        try (EmbeddedPostgres postgres = PostgresFixture.start(state);
            Database database = PostgresFixture.open(postgres)) {
          signed = sign(PostgresSubmissionJournal.open(database), round * ROWS);
          kill(folder.resolve("postgres"));
        }
        try (EmbeddedPostgres postgres = PostgresFixture.start(state);
            Database database = PostgresFixture.open(postgres)) {
          requireKept(PostgresSubmissionJournal.open(database), signed);
        }
      }
    }
  }

  /** The last step of each is one that nobody waits for. */
  private static List<Submission> sign(PostgresSubmissionJournal journal, int first) {
    SignerLease lease = journal.lease(CHAIN, SENDER, HOLDER, Duration.ofMinutes(1)).orElseThrow();
    return IntStream.range(first, first + ROWS)
        .mapToObj(
            nonce -> {
              SubmissionRequest request = new SubmissionRequest("k" + nonce, SENDER, "0x");
              journal.claim(CHAIN, SENDER, request);
              SignedTransaction transaction = transaction(nonce);
              Submission row = new Submission(CHAIN, SENDER, request, new Claimed());
              Prepared prepared = new Prepared(transaction.plan());
              Signed signed = new Signed(transaction);
              assertThat(journal.advance(lease, row.id(), row.state(), prepared))
                  .isEqualTo(Transition.APPLIED);
              assertThat(journal.advance(lease, row.id(), prepared, signed))
                  .isEqualTo(Transition.APPLIED);
              assertThat(journal.advance(row.id(), signed, new Broadcast(transaction)))
                  .isEqualTo(Transition.APPLIED);
              return row.in(signed);
            })
        .toList();
  }

  private static SignedTransaction transaction(int nonce) {
    return new SignedTransaction(
        SENDER,
        nonce,
        new Hash32("0x%064x".formatted(nonce + 1)),
        "0x02dead",
        BigInteger.TEN,
        BigInteger.TWO,
        BigInteger.ONE);
  }

  private static void requireKept(PostgresSubmissionJournal journal, List<Submission> signed) {
    assertThat(signed).hasSize(ROWS);
    for (Submission row : signed) {
      assertThat(journal.find(row.id()).orElseThrow().state().signed())
          .isEqualTo(row.state().signed());
      assertThat(journal.history(row.id()))
          .extracting(SubmissionStep::state)
          .startsWith("claimed", "prepared", "signed");
    }
  }

  private static void kill(Path home) throws Exception {
    Path file;
    try (var files = Files.walk(home)) {
      file = files.filter(path -> path.endsWith("postmaster.pid")).findFirst().orElseThrow();
    }
    long pid = Long.parseLong(Files.readAllLines(file).getFirst());
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> children = server.descendants().toList();
    server.destroyForcibly();
    server.onExit().join();
    // They end when they notice, and keep the shared memory until then.
    children.forEach(child -> child.onExit().join());
  }
}
