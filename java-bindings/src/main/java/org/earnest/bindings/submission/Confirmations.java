package org.earnest.bindings.submission;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.FinalBlock;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionState.Final;

/** Follows what is in a block until the block is final, and finds what fell out. */
final class Confirmations {
  /** Final rows that are read at once, after the first; as a rule that is enough. */
  private static final int PAGE = 32;

  /** No block is final. */
  private static final long NONE = -1;

  private final SubmissionJournal journal;
  private final ChainReader chain;
  private final FinalBlock finalBlock;
  private final Revision revision;
  private final JournalSteps steps;
  private final EvmAddress signer;

  Confirmations(
      SubmissionJournal journal,
      ChainReader chain,
      FinalBlock finalBlock,
      Revision revision,
      JournalSteps steps,
      EvmAddress signer) {
    this.journal = journal;
    this.chain = chain;
    this.finalBlock = finalBlock;
    this.revision = revision;
    this.steps = steps;
    this.signer = signer;
  }

  /**
   * One round, which reads each block once.
   *
   * @param spent how many of the account's nonces the newest block counts
   * @param doubts what is in doubt stays as it is
   * @return how many fell out and are in no block now
   */
  int check(long spent, Doubts doubts) {
    long lastFinal = doubts.ask(() -> finalBlock.number().orElse(NONE), NONE);
    List<Submission> included = journal.included(chain.chainId(), signer);
    Map<Long, Optional<Hash32>> hashes = new HashMap<>();
    Standing earlier = doubts.ask(() -> checkFinals(spent, hashes), new Standing(0, false));
    long reached = earlier.sound() ? lastFinal : NONE;
    return earlier.fallen()
        + included.stream()
            .mapToInt(row -> doubts.ask(() -> confirm(row, reached, hashes), 0))
            .sum();
  }

  private int confirm(Submission row, long lastFinal, Map<Long, Optional<Hash32>> hashes) {
    Final next = row.state().finalised().orElseThrow();
    Optional<Hash32> there = hash(next.block(), hashes);
    if (there.isEmpty()) {
      // The node lags, or the chain is shorter now.
      return 0;
    }
    if (!there.get().equals(next.block().hash())) {
      return fell(row, next.transaction());
    }
    if (next.block().number() <= lastFinal) {
      steps.step(row, next);
    }
    return 0;
  }

  /**
   * What the account's final rows look like now.
   *
   * @param fallen how many fell out
   * @param sound whether the newest of them is where it was. Until then nothing more becomes final:
   *     it would hide them.
   */
  private record Standing(int fallen, boolean sound) {}

  /**
   * A chain may break its own finality, and be shorter than before. The rows are looked at from the
   * newest on, down to the first whose block is there: whatever came before it is there, too.
   */
  private Standing checkFinals(long spent, Map<Long, Optional<Hash32>> hashes) {
    int fallen = 0;
    boolean sound = true;
    long below = Long.MAX_VALUE;
    List<Submission> page = journal.finals(chain.chainId(), signer, below, 1);
    while (!page.isEmpty()) {
      for (Submission row : page) {
        Final end = (Final) row.state();
        Optional<Hash32> there = hash(end.block(), hashes);
        if (there.filter(end.block().hash()::equals).isPresent()) {
          return new Standing(fallen, sound);
        }
        sound = false;
        below = end.transaction().nonce();
        // A node that lags knows neither the block nor the nonce, and proves nothing.
        if (there.isPresent() || below < spent) {
          fallen += fell(row, end.transaction());
        }
      }
      page = journal.finals(chain.chainId(), signer, below, PAGE);
    }
    return new Standing(fallen, sound);
  }

  private int fell(Submission row, SignedTransaction transaction) {
    return revision.look(row, transaction).submission().state().open() ? 1 : 0;
  }

  private Optional<Hash32> hash(BlockRef block, Map<Long, Optional<Hash32>> known) {
    return known.computeIfAbsent(
        block.number(),
        number ->
            chain.block(new BlockTag.Height(number)).map(BlockHeader::ref).map(BlockRef::hash));
  }
}
