package org.earnest.reputation.reading;

import java.util.Optional;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.kit.follow.FollowLedger;
import org.earnest.reputation.store.ReputationStore;
import org.jdbi.v3.core.Handle;

/**
 * Puts what events point to on the list of what is to be read, each once. A reorganisation sets it
 * back to the last common block.
 */
final class Enlistment {
  /** Blocks of one transaction, so that a long history is taken in pieces. */
  static final long BLOCKS = 200;

  private static final String AGENTS =
      "insert into reputation_file.registration_file (chain, uri_digest, uri)"
          + " select chain, sha256(convert_to(uri, 'UTF8')), uri from reputation.agent_change"
          + " where chain = :chain and block_number > :from and block_number <= :to"
          + " and uri <> '' on conflict do nothing";
  private static final String FEEDBACK =
      "insert into reputation_file.feedback_file (chain, block_number, block_hash, log_index,"
          + " agent_id, client, uri, expected_hash)"
          + " select chain, block_number, block_hash, log_index, agent_id, client, feedback_uri,"
          + " feedback_hash from reputation.feedback"
          + " where chain = :chain and block_number > :from and block_number <= :to"
          + " and feedback_uri <> '' on conflict do nothing";

  /** Each agent once; where its file was not read yet, whoever reads it marks the agent. */
  private static final String WORDS =
      "insert into reputation_file.agent_word_due (chain, agent_id)"
          + " select distinct change.chain, change.agent_id from reputation.agent_change change"
          + " join reputation_file.registration_file file on file.chain = change.chain"
          + " and file.uri_digest = sha256(convert_to(change.uri, 'UTF8'))"
          + " where change.chain = :chain and change.block_number > :from"
          + " and change.block_number <= :to and change.uri <> '' and file.document is not null"
          + " order by change.agent_id on conflict do nothing";

  private final Caip2ChainId chain;
  private final FollowLedger ledger;

  Enlistment(Caip2ChainId chain) {
    this.chain = chain;
    this.ledger = new FollowLedger(chain, ReputationStore.SCHEMA);
  }

  /** Takes the next piece in, inside a transaction; returns whether more waits. */
  boolean next(Handle handle) {
    Optional<Long> known = locked(handle);
    if (known.isEmpty()) {
      return false;
    }
    long done = known.get();
    // Read after the lock: whatever undoes blocks waits for it, or was before it.
    long cursor = ledger.cursor(handle).map(block -> block.number()).orElse(done);
    if (cursor <= done) {
      return false;
    }
    long to = Math.min(done + BLOCKS, cursor);
    for (String insert : new String[] {AGENTS, FEEDBACK, WORDS}) {
      handle
          .createUpdate(insert)
          .bind("chain", chain.toString())
          .bind("from", done)
          .bind("to", to)
          .execute();
    }
    handle.execute(
        "update reputation.enlisted_files set block_number = ? where chain = ?",
        to,
        chain.toString());
    return to < cursor;
  }

  /**
   * The last block that is done, which nobody changes before this transaction ends; empty before
   * the first block is in.
   */
  private Optional<Long> locked(Handle handle) {
    handle.execute(
        "insert into reputation.enlisted_files (chain, block_number)"
            + " select chain, min(number) - 1 from reputation.followed_block where chain = ?"
            + " group by chain on conflict do nothing",
        chain.toString());
    return handle
        .createQuery(
            "select block_number from reputation.enlisted_files where chain = ? for update")
        .bind(0, chain.toString())
        .mapTo(Long.class)
        .findOne();
  }
}
