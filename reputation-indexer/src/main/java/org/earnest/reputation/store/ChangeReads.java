package org.earnest.reputation.store;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads what the logs changed, in the chain's order. */
final class ChangeReads {
  private static final String CHANGES =
      Stream.of(
              part(
                  "0",
                  "agent",
                  "'change', kind, 'account', account, 'previousAccount', previous_account,"
                      + " 'uri', "
                      + Rows.shown("uri"),
                  "agent_change"),
              part(
                  "1",
                  "feedback",
                  "'change', 'given', 'client', client, 'index', feedback_index, 'value',"
                      + " value::text, 'valueDecimals', value_decimals, 'tag1', "
                      + Rows.shown("tag1")
                      + ", 'tag2', "
                      + Rows.shown("tag2")
                      + ", 'uri', "
                      + Rows.shown("feedback_uri"),
                  "feedback"),
              part(
                  "2",
                  "feedback",
                  "'change', 'revoked', 'client', client, 'index', feedback_index",
                  "feedback_revocation"),
              part(
                  "3",
                  "feedback",
                  "'change', 'answered', 'client', client, 'index', feedback_index,"
                      + " 'responder', responder, 'uri', "
                      + Rows.shown("response_uri"),
                  "feedback_response"),
              part(
                  "case role when 'payee' then 4 else 5 end",
                  "deal",
                  "'change', 'closed', 'role', role, 'deal', deal_id, 'leg', leg, 'outcome',"
                      + " outcome, 'epoch', epoch, 'token', token, 'tag', tag, 'gross', gross::text,"
                      + " 'rating', rating",
                  "settled_record"),
              part(
                  "case role when 'payee' then 6 else 7 end",
                  "deal",
                  "'change', 'rated', 'role', role, 'deal', deal_id, 'leg', leg, 'epoch', epoch,"
                      + " 'token', token, 'tag', tag, 'rating', rating",
                  "rated_record"))
          .collect(
              Collectors.joining(
                  " union all ",
                  "with rated_record as not materialized (select later.chain, later.block_number,"
                      + " later.block_hash, later.log_index, later.transaction, later.role,"
                      + " later.rating, agent_id, deal_id, leg, epoch, token, tag"
                      + " from reputation.settled_rating later join reputation.settled_record record"
                      + " on record.chain = later.chain"
                      + " and record.block_hash = later.record_block_hash"
                      + " and record.log_index = later.record_log_index"
                      + " and record.role = later.role) select * from (",
                  ") changes order by block_number, log_index, rank limit :limit"));

  private final Caip2ChainId chain;
  private final Snapshots snapshots;

  ChangeReads(Caip2ChainId chain, Snapshots snapshots) {
    this.chain = chain;
    this.snapshots = snapshots;
  }

  /** The end of what there is. */
  ChangePosition head(Handle handle, BlockRef cursor) {
    return ChangePosition.after(
        cursor,
        handle
            .createQuery("select rewinds from reputation.followed_chain where chain = ?")
            .bind(0, chain.toString())
            .mapTo(Long.class)
            .one());
  }

  /**
   * What became of the index since a position.
   *
   * @param head of the same snapshot
   */
  Changes since(
      Handle handle,
      ChangePosition head,
      ChangePosition position,
      Optional<BigInteger> agent,
      int limit) {
    // An index that was made anew since has gone back less often, and need not say what was told.
    Optional<BlockRef> common =
        position.rewinds() > head.rewinds()
            ? Optional.empty()
            : common(handle, position.block(), position.rewinds());
    if (common.equals(Optional.of(position.block()))) {
      return new Changes.Onward(head, after(handle, position, head.rewinds(), agent, limit));
    }
    BlockRef kept = common.orElseGet(() -> first(handle));
    return new Changes.Back(position.block(), ChangePosition.after(kept, head.rewinds()));
  }

  private List<Changes.Change> after(
      Handle handle, ChangePosition position, long rewinds, Optional<BigInteger> agent, int limit) {
    return handle
        .createQuery(CHANGES)
        .bind("chain", chain.toString())
        .bind("block", position.block().number())
        .bind("log_index", position.logIndex())
        .bind("after_rank", position.rank())
        .bind("agent_id", agent.orElse(null))
        .bind("limit", limit)
        .map((row, context) -> change(row, rewinds))
        .list();
  }

  /**
   * The newest block up to which nothing was undone since: of one that was, the deepest that it
   * went back to, and so on where that was undone as well. Empty for a block that nobody remembers.
   */
  private Optional<BlockRef> common(Handle handle, BlockRef told, long rewinds) {
    BlockRef block = told;
    while (true) {
      Optional<BlockRef> earlier = commonWith(handle, block, rewinds);
      if (earlier.isEmpty()) {
        return snapshots.standsOn(handle, block) ? Optional.of(block) : Optional.empty();
      }
      block = earlier.get();
    }
  }

  private Optional<BlockRef> commonWith(Handle handle, BlockRef undone, long rewinds) {
    return block(
        handle
            .createQuery(
                "select common_number, common_hash from reputation.undone_block"
                    + " where chain = ? and hash = ? and rewind > ? and common_number < ?"
                    + " order by common_number limit 1")
            .bind(0, chain.toString())
            .bind(1, undone.hash().hex())
            .bind(2, rewinds)
            .bind(3, undone.number()));
  }

  private BlockRef first(Handle handle) {
    return block(
            handle
                .createQuery(
                    "select number, hash from reputation.followed_block where chain = ?"
                        + " order by number limit 1")
                .bind(0, chain.toString()))
        .orElseThrow(() -> new IllegalStateException("the block where it began is recorded"));
  }

  private Optional<BlockRef> block(Query query) {
    return query
        .map((row, context) -> new BlockRef(chain, row.getLong(1), new Hash32(row.getString(2))))
        .findOne();
  }

  private Changes.Change change(ResultSet row, long rewinds) throws SQLException {
    LogRef log = Rows.ref(row, chain);
    return new Changes.Change(
        log,
        new ChangePosition(log.block(), rewinds, log.logIndex(), row.getInt("rank")),
        Changes.Topic.valueOf(row.getString("topic")),
        Rows.integer(row, "agent_id"),
        row.getString("detail"));
  }

  /** The changes that one table's rows tell of; the detail is what listeners see. */
  private static String part(String rank, String topic, String detail, String table) {
    String from = table.equals("rated_record") ? table : "reputation." + table;
    return "(select "
        + Rows.REF
        + ", "
        + rank
        + " as rank, '"
        + topic.toUpperCase(Locale.ROOT)
        + "' as topic, agent_id, json_strip_nulls(json_build_object("
        + detail
        + "))::text as detail from "
        + from
        + " where chain = :chain and block_number >= :block"
        + " and (block_number, log_index, "
        + rank
        + ") > (:block, :log_index, :after_rank)"
        + " and (cast(:agent_id as numeric) is null or agent_id = :agent_id)"
        + " order by block_number, log_index, rank limit :limit)";
  }
}
