package org.earnest.reputation.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.earnest.bindings.eip712.TermsBytes;
import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.LegState;
import org.earnest.core.reputation.SettledSummary;
import org.earnest.reputation.fold.Accumulator;
import org.earnest.reputation.fold.Contribution;
import org.earnest.reputation.fold.Role;
import org.earnest.reputation.fold.SummaryKey;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Deals, the records that their closed legs left, and the summaries of those. */
final class SettledRows {
  static final String KEY =
      "chain = :chain and agent_id = :agent_id and epoch = :epoch and token = :token"
          + " and tag = :tag";
  private static final String INSERT =
      "insert into reputation.settled_record ("
          + Rows.REF
          + ", role, agent_id, epoch, token, tag, deal_id, leg, outcome, gross, rating, missed,"
          + " late, lost) values ("
          + Rows.REF_VALUES
          + ", :role, :agent_id, :epoch, :token, :tag, :deal_id, :leg, :outcome, :gross, :rating,"
          + " :missed, :late, :lost) on conflict do nothing";

  /** A record with the rating that came after it, if one did. */
  static final String RECORD =
      "select record.*, coalesce(record.rating, later.rating) as rated"
          + " from reputation.settled_record record left join reputation.settled_rating later"
          + " on later.chain = record.chain and later.record_block_hash = record.block_hash"
          + " and later.record_log_index = record.log_index and later.role = record.role";

  private static final String UPSERT =
      "insert into reputation.settled_summary (chain, agent_id, epoch, token, tag, volume, closed,"
          + " rated, rating_sum, missed, late, lost) values (:chain, :agent_id, :epoch, :token,"
          + " :tag, :volume, :closed, :rated, :rating_sum, :missed, :late, :lost)"
          + " on conflict (chain, agent_id, epoch, token, tag) do update set"
          + " volume = excluded.volume, closed = excluded.closed, rated = excluded.rated,"
          + " rating_sum = excluded.rating_sum, missed = excluded.missed, late = excluded.late,"
          + " lost = excluded.lost";

  private static final int FOLDED_AT_ONCE = 1_000;

  private SettledRows() {}

  static void opened(Handle handle, LogRef ref, DealEvent.Opened opened) {
    Rows.at(
            handle,
            "insert into reputation.deal ("
                + Rows.REF
                + ", deal_id, terms) values ("
                + Rows.REF_VALUES
                + ", :deal_id, :terms) on conflict do nothing",
            ref)
        .bind("deal_id", opened.deal().toString())
        .bind("terms", TermsBytes.encode(opened.terms()))
        .execute();
  }

  static Optional<DealTerms> terms(Handle handle, Caip2ChainId chain, DealId deal) {
    return handle
        .createQuery("select terms from reputation.deal where chain = ? and deal_id = ?")
        .bind(0, chain.toString())
        .bind(1, deal.toString())
        .map((row, context) -> TermsBytes.decode(row.getBytes(1)))
        .findOne();
  }

  static void record(Handle handle, LogRef ref, Contribution record) {
    int inserted =
        key(Rows.at(handle, INSERT, ref), ref.block().chain(), record.key())
            .bind("role", record.role().name().toLowerCase(Locale.ROOT))
            .bind("deal_id", record.deal().toString())
            .bind("leg", record.leg())
            .bind("outcome", record.outcome().name().toLowerCase(Locale.ROOT))
            .bind("gross", record.gross())
            .bind("rating", record.rating().isPresent() ? record.rating().getAsInt() : null)
            .bind("missed", record.missed())
            .bind("late", record.late())
            .bind("lost", record.lost())
            .execute();
    if (inserted == 1) {
      SettledSummary before = summary(handle, ref.block().chain(), record.key());
      save(handle, ref.block().chain(), record.key(), Accumulator.plus(before, record));
    }
  }

  static SettledSummary summary(Handle handle, Caip2ChainId chain, SummaryKey key) {
    return key(
            handle.createQuery("select * from reputation.settled_summary where " + KEY), chain, key)
        .map((row, context) -> summary(row))
        .findOne()
        .orElse(SettledSummary.NONE);
  }

  /** Deletes what was recorded above a block and folds the summaries anew that it touched. */
  static void rewind(Handle handle, Caip2ChainId chain, long block) {
    Set<SummaryKey> touched = new HashSet<>(RatingRows.rewind(handle, chain, block));
    touched.addAll(
        handle
            .createQuery(
                "with undone as (delete from reputation.settled_record"
                    + " where chain = :chain and block_number > :block"
                    + " returning agent_id, epoch, token, tag)"
                    + " select distinct agent_id, epoch, token, tag from undone")
            .bind("chain", chain.toString())
            .bind("block", block)
            .map((row, context) -> key(row))
            .list());
    Substitutions.rewind(handle, chain, block);
    handle.execute(
        "delete from reputation.deal where chain = ? and block_number > ?",
        chain.toString(),
        block);
    touched.forEach(key -> refold(handle, chain, key));
  }

  private static void refold(Handle handle, Caip2ChainId chain, SummaryKey key) {
    SettledSummary sum =
        key(handle.createQuery("select * from (" + RECORD + ") records where " + KEY), chain, key)
            .setFetchSize(FOLDED_AT_ONCE)
            .map((row, context) -> contribution(row))
            .reduce(SettledSummary.NONE, Accumulator::plus);
    if (sum.equals(SettledSummary.NONE)) {
      key(handle.createUpdate("delete from reputation.settled_summary where " + KEY), chain, key)
          .execute();
    } else {
      save(handle, chain, key, sum);
    }
  }

  static void save(Handle handle, Caip2ChainId chain, SummaryKey key, SettledSummary sum) {
    key(handle.createUpdate(UPSERT), chain, key)
        .bind("volume", sum.volume())
        .bind("closed", sum.closed())
        .bind("rated", sum.rated())
        .bind("rating_sum", sum.ratingSum())
        .bind("missed", sum.missed())
        .bind("late", sum.late())
        .bind("lost", sum.lost())
        .execute();
  }

  static <S extends SqlStatement<S>> S key(S sql, Caip2ChainId chain, SummaryKey key) {
    return sql.bind("chain", chain.toString())
        .bind("agent_id", key.agentId())
        .bind("epoch", key.epoch())
        .bind("token", key.token().hex())
        .bind("tag", key.tag().hex());
  }

  static SummaryKey key(ResultSet row) throws SQLException {
    return new SummaryKey(
        Rows.integer(row, "agent_id"),
        row.getLong("epoch"),
        new EvmAddress(row.getString("token")),
        new Hash32(row.getString("tag")));
  }

  static SettledSummary summary(ResultSet row) throws SQLException {
    return new SettledSummary(
        Rows.integer(row, "volume"),
        row.getLong("closed"),
        row.getLong("rated"),
        row.getLong("rating_sum"),
        row.getLong("missed"),
        row.getLong("late"),
        row.getLong("lost"));
  }

  static Contribution contribution(ResultSet row) throws SQLException {
    int rating = row.getInt("rated");
    OptionalInt rated = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(rating);
    return new Contribution(
        key(row),
        Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
        new DealId(new Hash32(row.getString("deal_id"))),
        row.getInt("leg"),
        LegState.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
        Rows.integer(row, "gross"),
        rated,
        row.getBoolean("missed"),
        row.getBoolean("late"),
        row.getBoolean("lost"));
  }
}
