package org.earnest.escrow.store;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.eip712.TermsBytes;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;
import org.earnest.core.deal.DealId;
import org.earnest.kit.follow.FollowLedger;
import org.earnest.kit.postgres.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Reads deals, each from one snapshot. */
public final class DealQueries {
  static final String OF_DEAL = " where chain = :chain and deal_id = :deal_id";

  private final Database database;
  private final Caip2ChainId chain;
  private final FollowLedger ledger;

  public DealQueries(Database database, Caip2ChainId chain) {
    this.database = database;
    this.chain = chain;
    this.ledger = new FollowLedger(chain, DealStore.SCHEMA);
  }

  public Optional<Deal> deal(DealId id) {
    return database.call(
        connection ->
            connection.inTransaction(
                TransactionIsolationLevel.REPEATABLE_READ,
                handle -> ledger.cursor(handle).flatMap(at -> deal(handle, at, id))));
  }

  /** Where a page of deals ended. */
  public record Position(long block, int logIndex) {
    public static final Position START = new Position(-1, 0);
  }

  /**
   * A deal in a list.
   *
   * @param opened where it was opened
   */
  public record Listed(DealId id, EvmAddress client, EvmAddress token, LogRef opened) {}

  /** Deals that an account is a party of, oldest first. */
  public List<Listed> ofParty(EvmAddress party, Position after, int limit) {
    return database.call(
        handle ->
            handle
                .createQuery(
                    "select d.* from escrow.deal_party p join escrow.deal d using (chain, deal_id)"
                        + " where p.chain = ? and p.party = ?"
                        + " and (p.block_number, p.log_index) > (?, ?)"
                        + " order by p.block_number, p.log_index limit ?")
                .bind(0, chain.toString())
                .bind(1, party.hex())
                .bind(2, after.block())
                .bind(3, after.logIndex())
                .bind(4, limit)
                .map(
                    (row, context) ->
                        new Listed(
                            id(row),
                            new EvmAddress(row.getString("client")),
                            new EvmAddress(row.getString("token")),
                            ref(row)))
                .list());
  }

  /** What a client paid in, and where. */
  public record PaidIn(BlockRef opened, BigInteger amount) {}

  /** What a client paid into deals of one token, newest first. */
  public List<PaidIn> paidIn(EvmAddress client, EvmAddress token, int limit) {
    return database.call(
        handle ->
            handle
                .createQuery(
                    "select d.* from escrow.deal_party p join escrow.deal d using (chain, deal_id)"
                        + " where p.chain = ? and p.party = ? and d.client = ? and d.token = ?"
                        + " order by p.block_number desc, p.log_index desc limit ?")
                .bind(0, chain.toString())
                .bind(1, client.hex())
                .bind(2, client.hex())
                .bind(3, token.hex())
                .bind(4, limit)
                .map(
                    (row, context) ->
                        new PaidIn(
                            ref(row).block(), TermsBytes.decode(row.getBytes("terms")).total()))
                .list());
  }

  private Optional<Deal> deal(Handle handle, BlockRef at, DealId id) {
    return handle
        .createQuery("select * from escrow.deal" + OF_DEAL)
        .bind("chain", chain.toString())
        .bind("deal_id", id.toString())
        .map(
            (row, context) ->
                new Deal(
                    at,
                    id,
                    TermsBytes.decode(row.getBytes("terms")),
                    ref(row),
                    integer(row, "joined"),
                    new LegEvents(handle, chain, id)
                        .legs(TermsBytes.decode(row.getBytes("terms")).legs().size())))
        .findOne();
  }

  private static DealId id(ResultSet row) throws SQLException {
    return new DealId(new Hash32(row.getString("deal_id")));
  }

  static BigInteger integer(ResultSet row, String column) throws SQLException {
    return row.getBigDecimal(column).toBigIntegerExact();
  }

  private LogRef ref(ResultSet row) throws SQLException {
    return ref(chain, row);
  }

  static LogRef ref(Caip2ChainId chain, ResultSet row) throws SQLException {
    return new LogRef(
        new BlockRef(chain, row.getLong("block_number"), new Hash32(row.getString("block_hash"))),
        new Hash32(row.getString("transaction")),
        row.getInt("log_index"));
  }
}
