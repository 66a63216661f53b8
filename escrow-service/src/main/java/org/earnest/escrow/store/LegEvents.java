package org.earnest.escrow.store;

import static org.earnest.escrow.store.DealQueries.integer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.LegState;
import org.jdbi.v3.core.Handle;

/** Reads what happened to each leg of a deal. */
final class LegEvents {
  private final Handle handle;
  private final Caip2ChainId chain;
  private final DealId deal;

  LegEvents(Handle handle, Caip2ChainId chain, DealId deal) {
    this.handle = handle;
    this.chain = chain;
    this.deal = deal;
  }

  List<Deal.LegHistory> legs(int count) {
    var joinings = byLeg("joining", this::joined);
    var substitutions = byLeg("substitution", this::substituted);
    var deliveries = byLeg("delivery", this::delivered);
    var disputes = byLeg("dispute", this::disputed);
    var closings = byLeg("closing", this::closed);
    List<Recorded<DealEvent.Rated>> ratings = all("rating", this::rated);
    return IntStream.range(0, count)
        .mapToObj(
            leg ->
                new Deal.LegHistory(
                    Optional.ofNullable(joinings.get(leg)),
                    Optional.ofNullable(substitutions.get(leg)),
                    Optional.ofNullable(deliveries.get(leg)),
                    Optional.ofNullable(disputes.get(leg)),
                    Optional.ofNullable(closings.get(leg)),
                    ratings.stream().filter(rating -> rating.event().leg() == leg).toList()))
        .toList();
  }

  private interface Reading<E extends DealEvent> {
    E event(ResultSet row, int leg) throws SQLException;
  }

  private <E extends DealEvent> Map<Integer, Recorded<E>> byLeg(String table, Reading<E> reading) {
    record Row<E extends DealEvent>(int leg, Recorded<E> recorded) {}
    Map<Integer, Recorded<E>> legs = new HashMap<>();
    query(table)
        .map(
            (row, context) -> {
              int leg = row.getInt("leg");
              return new Row<>(leg, recorded(row, reading.event(row, leg)));
            })
        .forEach(row -> legs.put(row.leg(), row.recorded()));
    return legs;
  }

  private <E extends DealEvent> List<Recorded<E>> all(String table, Reading<E> reading) {
    return query(table)
        .map((row, context) -> recorded(row, reading.event(row, row.getInt("leg"))))
        .list();
  }

  private org.jdbi.v3.core.statement.Query query(String table) {
    return handle
        .createQuery("select * from escrow." + table + DealQueries.OF_DEAL)
        .bind("chain", chain.toString())
        .bind("deal_id", deal.toString());
  }

  private <E extends DealEvent> Recorded<E> recorded(ResultSet row, E event) throws SQLException {
    return new Recorded<>(DealQueries.ref(chain, row), event);
  }

  private DealEvent.Joined joined(ResultSet row, int leg) throws SQLException {
    return new DealEvent.Joined(deal, leg, address(row, "payee"));
  }

  private DealEvent.Substituted substituted(ResultSet row, int leg) throws SQLException {
    return new DealEvent.Substituted(
        deal,
        integer(row, "agent_id"),
        leg,
        row.getLong("new_due"),
        integer(row, "bond_to_client"));
  }

  private DealEvent.Delivered delivered(ResultSet row, int leg) throws SQLException {
    return new DealEvent.Delivered(
        deal,
        leg,
        address(row, "payee"),
        row.getLong("late"),
        hash(row, "deliverable"),
        row.getString("uri"));
  }

  private DealEvent.Disputed disputed(ResultSet row, int leg) throws SQLException {
    return new DealEvent.Disputed(
        deal,
        leg,
        address(row, "by"),
        row.getLong("ruling_by"),
        hash(row, "evidence"),
        row.getString("uri"));
  }

  private DealEvent.Closed closed(ResultSet row, int leg) throws SQLException {
    return new DealEvent.Closed(
        deal,
        integer(row, "agent_id"),
        leg,
        LegState.valueOf(row.getString("outcome")),
        row.getInt("rating"),
        row.getLong("late"),
        integer(row, "to_payee"),
        integer(row, "to_client"),
        integer(row, "fee"),
        integer(row, "penalty"),
        integer(row, "arbiter_fee"),
        integer(row, "bond_to_client"),
        address(row, "retainer_to"),
        hash(row, "reason"));
  }

  private DealEvent.Rated rated(ResultSet row, int leg) throws SQLException {
    return new DealEvent.Rated(
        deal, integer(row, "agent_id"), leg, row.getBoolean("by_client"), row.getInt("rating"));
  }

  private static EvmAddress address(ResultSet row, String column) throws SQLException {
    return new EvmAddress(row.getString(column));
  }

  private static Hash32 hash(ResultSet row, String column) throws SQLException {
    return new Hash32(row.getString(column));
  }
}
