package org.earnest.bindings.submission;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionState.Final;

/** Follows what is in a block until the block is final, and finds what fell out. */
final class Confirmations {
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
   * @return how many fell out and are in no block now
   */
  int check() {
    long lastFinal = finalBlock.number().orElse(-1L);
    Map<Long, Optional<Hash32>> hashes = new HashMap<>();
    int fallen = 0;
    for (Submission row : journal.included(chain.chainId(), signer)) {
      Final next = row.state().finalised().orElseThrow();
      BlockRef block = next.block();
      Optional<Hash32> there = hashes.computeIfAbsent(block.number(), this::hash);
      if (there.isEmpty()) {
        // The node lags, or the chain is shorter now.
        continue;
      }
      if (!there.get().equals(block.hash())) {
        fallen += revision.look(row, next.transaction()).submission().state().open() ? 1 : 0;
      } else if (block.number() <= lastFinal) {
        steps.step(row, next);
      }
    }
    return fallen;
  }

  private Optional<Hash32> hash(long number) {
    return chain.block(new BlockTag.Height(number)).map(BlockHeader::ref).map(BlockRef::hash);
  }
}
