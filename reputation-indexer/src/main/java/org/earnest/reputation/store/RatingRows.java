package org.earnest.reputation.store;

import java.util.List;
import java.util.Locale;
import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.LogRef;
import org.earnest.reputation.fold.Accumulator;
import org.earnest.reputation.fold.Contribution;
import org.earnest.reputation.fold.Role;
import org.earnest.reputation.fold.SummaryKey;
import org.jdbi.v3.core.Handle;

/** Ratings that came after the leg had closed, each bound to the record that it is about. */
final class RatingRows {
  private static final String INSERT =
      "insert into reputation.settled_rating ("
          + Rows.REF
          + ", role, record_block_hash, record_log_index, rating) values ("
          + Rows.REF_VALUES
          + ", :role, :record_block_hash, :record_log_index, :rating) on conflict do nothing";

  private record Rated(SummaryKey key, String blockHash, int logIndex) {}

  private RatingRows() {}

  /**
   * Adds a rating to the record of whom it is for; nothing for a side without an agent.
   *
   * @throws IllegalArgumentException when there is no such record
   */
  static void apply(Handle handle, LogRef ref, DealEvent.Rated event) {
    if (event.agentId().signum() == 0) {
      return;
    }
    Role role = event.byClient() ? Role.PAYEE : Role.CLIENT;
    Caip2ChainId chain = ref.block().chain();
    Rated record = record(handle, chain, event, role);
    int rating = Contribution.requireRating(event.rating());
    int inserted =
        Rows.at(handle, INSERT, ref)
            .bind("role", word(role))
            .bind("record_block_hash", record.blockHash())
            .bind("record_log_index", record.logIndex())
            .bind("rating", rating)
            .execute();
    if (inserted == 1) {
      SettledRows.save(
          handle,
          chain,
          record.key(),
          Accumulator.plusRating(SettledRows.summary(handle, chain, record.key()), rating));
    }
  }

  /** Deletes what came above a block; the keys of the summaries that it touched. */
  static List<SummaryKey> rewind(Handle handle, Caip2ChainId chain, long block) {
    return handle
        .createQuery(
            "with undone as (delete from reputation.settled_rating"
                + " where chain = :chain and block_number > :block"
                + " returning chain, record_block_hash, record_log_index, role)"
                + " select distinct agent_id, epoch, token, tag from undone"
                + " join reputation.settled_record record on record.chain = undone.chain"
                + " and record.block_hash = undone.record_block_hash"
                + " and record.log_index = undone.record_log_index and record.role = undone.role")
        .bind("chain", chain.toString())
        .bind("block", block)
        .map((row, context) -> SettledRows.key(row))
        .list();
  }

  /** The newest, as the first payee of a leg that was taken over has an older one. */
  private static Rated record(Handle handle, Caip2ChainId chain, DealEvent.Rated event, Role role) {
    return handle
        .createQuery(
            "select * from reputation.settled_record where chain = :chain and deal_id = :deal_id"
                + " and leg = :leg and role = :role and agent_id = :agent_id"
                + " order by block_number desc, log_index desc limit 1")
        .bind("chain", chain.toString())
        .bind("deal_id", event.deal().toString())
        .bind("leg", event.leg())
        .bind("role", word(role))
        .bind("agent_id", event.agentId())
        .map(
            (row, context) ->
                new Rated(
                    SettledRows.key(row), row.getString("block_hash"), row.getInt("log_index")))
        .findOne()
        .orElseThrow(() -> new IllegalArgumentException("a rating of what was never recorded"));
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
