package org.earnest.bench.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.earnest.bench.engine.Said.Settled;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionState.Final;
import org.earnest.kit.submission.PostgresSubmissionJournal;
import org.earnest.kit.submission.SubmissionStep;

/** Reads the journal row by row, and the receipt of everything that was ever signed for a row. */
final class LedgerCheck {
  private static final String GAP = "gap:";
  private static final List<String> STRAIGHT =
      List.of("claimed", "prepared", "signed", "broadcast", "mined", "final");

  private final PostgresSubmissionJournal journal;
  private final ChainReader chain;
  private final EvmAddress account;
  private final long firstNonce;
  private final Work work;
  private final int requests;
  private final Consumer<String> differ;
  private long nonces;
  private int replaced;
  private int gaps;

  LedgerCheck(Stage stage, Work work, int requests, Consumer<String> differ) {
    this.journal = stage.journal();
    this.chain = stage.reader();
    this.account = stage.account().address();
    this.firstNonce = stage.firstNonce();
    this.work = work;
    this.requests = requests;
    this.differ = differ;
  }

  long nonces() {
    return nonces;
  }

  int replaced() {
    return replaced;
  }

  int gaps() {
    return gaps;
  }

  void check(Told told) {
    List<Submission> rows = journal.fromNonce(chain.chainId(), account, 0);
    checkNonces(rows);
    Set<String> keys = new HashSet<>();
    for (Submission row : rows) {
      keys.add(row.request().key());
      gaps += row.request().key().startsWith(GAP) ? 1 : 0;
      checkRow(row);
    }
    for (int number = 0; number < requests; number++) {
      if (!keys.remove(work.key(number))) {
        differ.accept("the journal has no transaction for request %d".formatted(number));
      }
    }
    keys.stream()
        .filter(key -> !key.startsWith(GAP))
        .forEach(key -> differ.accept("the journal has %s, which nobody asked for".formatted(key)));
    if (!journal.open(chain.chainId(), account).isEmpty()) {
      differ.accept("the journal has something open");
    }
    checkTold(told);
  }

  private void checkNonces(List<Submission> rows) {
    long next = firstNonce;
    for (Submission row : rows) {
      long nonce = row.state().planned().orElseThrow().nonce();
      if (nonce != next) {
        differ.accept("nonce %d follows %d".formatted(nonce, next - 1));
      }
      next = nonce + 1;
    }
    nonces = next - firstNonce;
    for (BlockTag tag : List.of(BlockTag.Named.LATEST, BlockTag.Named.PENDING)) {
      long counted = chain.transactionCount(account, tag).longValueExact();
      if (counted != next) {
        differ.accept(
            "the chain counts %d transactions (%s), the journal %d".formatted(counted, tag, next));
      }
    }
  }

  private void checkRow(Submission row) {
    String key = row.request().key();
    if (!(row.state() instanceof Final firm)) {
      differ.accept("%s is not final: %s".formatted(key, row.state().getClass().getSimpleName()));
      return;
    }
    int mined = 0;
    for (SignedTransaction attempt : journal.attempts(row.id())) {
      Optional<TransactionReceipt> receipt = chain.receipt(attempt.hash());
      mined += receipt.isPresent() ? 1 : 0;
      replaced += receipt.isPresent() ? 0 : 1;
      receipt.ifPresent(found -> checkReceipt(key, firm, found));
    }
    if (mined != 1) {
      differ.accept("%s has %d mined transactions".formatted(key, mined));
    }
    checkHistory(row);
  }

  private void checkReceipt(String key, Final firm, TransactionReceipt receipt) {
    if (!receipt.succeeded() || firm.revert().isPresent()) {
      differ.accept("%s was reverted".formatted(key));
    }
    if (!receipt.transaction().equals(firm.transaction().hash())
        || !receipt.block().equals(firm.block())) {
      differ.accept("%s is in %s and not where the journal has it".formatted(key, receipt.block()));
    }
  }

  /** Without reorganisations it runs straight; only attempts with higher fees come between. */
  private void checkHistory(Submission row) {
    List<String> states = journal.history(row.id()).stream().map(SubmissionStep::state).toList();
    int reached = -1;
    for (String state : states) {
      int place = STRAIGHT.indexOf(state);
      boolean again = place == STRAIGHT.indexOf("signed") && reached <= place + 1;
      if (place <= reached && !again) {
        differ.accept(
            "the history of %s does not run straight: %s".formatted(row.request().key(), states));
        return;
      }
      reached = place;
    }
    if (!states.containsAll(List.of("claimed", "prepared", "signed", "mined", "final"))) {
      differ.accept("the history of %s has holes: %s".formatted(row.request().key(), states));
    }
  }

  private void checkTold(Told told) {
    told.rejections()
        .forEach(
            (number, reason) ->
                differ.accept("request %d was rejected: %s".formatted(number, reason)));
    told.changed()
        .forEach(number -> differ.accept("request %d was told two outcomes".formatted(number)));
    told.outcomes().values().forEach(this::checkOutcome);
  }

  private void checkOutcome(Settled told) {
    Optional<Submission> row =
        journal.find(SubmissionId.of(chain.chainId(), work.key(told.number())));
    Optional<Hash32> ours =
        row.flatMap(found -> found.state().signed()).map(SignedTransaction::hash);
    if (!ours.equals(Optional.of(told.transaction()))
        || row.filter(found -> found.state() instanceof Final firm && isIn(firm, told)).isEmpty()) {
      differ.accept(
          "request %d was told %s, and the journal knows otherwise".formatted(told.number(), told));
    }
  }

  private static boolean isIn(Final firm, Settled told) {
    return firm.block().number() == told.height() && firm.block().hash().equals(told.block());
  }
}
