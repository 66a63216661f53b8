package org.earnest.reputation.store;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;
import org.earnest.reputation.fold.Accumulator;
import org.earnest.reputation.fold.Contribution;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What agents had settled up to an older block, folded from the rows up to there. */
final class PastReads {
  private static final String SUMS =
      "sum(gross) as volume, count(*) as closed, count(rated_at) as rated,"
          + " coalesce(sum(rated_at), 0) as rating_sum,"
          + " count(*) filter (where missed) as missed, count(*) filter (where late) as late,"
          + " count(*) filter (where lost) as lost from ";

  private final Caip2ChainId chain;

  PastReads(Caip2ChainId chain) {
    this.chain = chain;
  }

  /** The newest block at or below a height that the index knows by its hash. */
  Optional<BlockRef> blockAt(Handle handle, long height) {
    return handle
        .createQuery(
            "select number, hash from reputation.followed_block"
                + " where chain = ? and number <= ? order by number desc limit 1")
        .bind(0, chain.toString())
        .bind(1, height)
        .map((row, context) -> new BlockRef(chain, row.getLong(1), new Hash32(row.getString(2))))
        .findOne();
  }

  List<Total> totals(
      Handle handle, BigInteger agentId, long epoch, ReputationScope scope, long lastBlock) {
    return bound(
            handle.createQuery(
                "select token, tag = :client_tag as as_client, "
                    + SUMS
                    + SettledReads.RECORDS_UP_TO
                    + " where epoch = :epoch group by token, as_client"
                    + " order by as_client, token limit :limit"),
            agentId,
            scope,
            lastBlock)
        .bind("client_tag", Contribution.CLIENT_TAG.hex())
        .bind("epoch", epoch)
        .map((row, context) -> SettledReads.total(row))
        .list();
  }

  List<SettledReads.Sum> sums(
      Handle handle, BigInteger agentId, ReputationScope scope, long lastBlock) {
    return bound(
            handle.createQuery(
                "select agent_id, epoch, token, tag, "
                    + SUMS
                    + SettledReads.RECORDS_UP_TO
                    + " group by agent_id, epoch, token, tag"
                    + " order by epoch desc, token, tag limit :limit"),
            agentId,
            scope,
            lastBlock)
        .map(
            (row, context) ->
                new SettledReads.Sum(
                    SettledRows.key(row), Accumulator.held(SettledRows.summary(row))))
        .list();
  }

  private Query bound(Query query, BigInteger agentId, ReputationScope scope, long lastBlock) {
    return query
        .bind("chain", chain.toString())
        .bind("agent_id", agentId)
        .bind("tag", scope.settledTag().map(Hash32::hex).orElse(null))
        .bind("last_block", lastBlock)
        .bind("limit", ReputationQueries.MAX_SUMMARIES);
  }
}
