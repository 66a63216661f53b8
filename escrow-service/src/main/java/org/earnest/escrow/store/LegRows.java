package org.earnest.escrow.store;

import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.LogRef;
import org.earnest.core.deal.DealId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Writes what happens to legs as rows. */
final class LegRows {
  private LegRows() {}

  static void joined(Handle handle, LogRef ref, DealEvent.Joined joined) {
    leg(handle, ref, "joining", joined.deal(), joined.leg(), "payee", ":payee")
        .bind("payee", joined.payee().hex())
        .execute();
  }

  static void substituted(Handle handle, LogRef ref, DealEvent.Substituted substituted) {
    leg(
            handle,
            ref,
            "substitution",
            substituted.deal(),
            substituted.leg(),
            "agent_id, new_due, bond_to_client",
            ":agent_id, :new_due, :bond_to_client")
        .bind("agent_id", substituted.agentId())
        .bind("new_due", substituted.newDue())
        .bind("bond_to_client", substituted.bondToClient())
        .execute();
  }

  static void delivered(Handle handle, LogRef ref, DealEvent.Delivered delivered) {
    leg(
            handle,
            ref,
            "delivery",
            delivered.deal(),
            delivered.leg(),
            "payee, late, deliverable, uri",
            ":payee, :late, :deliverable, :uri")
        .bind("payee", delivered.payee().hex())
        .bind("late", delivered.late())
        .bind("deliverable", delivered.deliverable().hex())
        .bind("uri", DealRows.storable(delivered.uri()))
        .execute();
  }

  static void disputed(Handle handle, LogRef ref, DealEvent.Disputed disputed) {
    leg(
            handle,
            ref,
            "dispute",
            disputed.deal(),
            disputed.leg(),
            "by, ruling_by, evidence, uri",
            ":by, :ruling_by, :evidence, :uri")
        .bind("by", disputed.by().hex())
        .bind("ruling_by", disputed.rulingBy())
        .bind("evidence", disputed.evidence().hex())
        .bind("uri", DealRows.storable(disputed.uri()))
        .execute();
  }

  static void closed(Handle handle, LogRef ref, DealEvent.Closed closed) {
    leg(
            handle,
            ref,
            "closing",
            closed.deal(),
            closed.leg(),
            "agent_id, outcome, rating, late, to_payee, to_client, fee, penalty, arbiter_fee,"
                + " bond_to_client, retainer_to, reason",
            ":agent_id, :outcome, :rating, :late, :to_payee, :to_client, :fee, :penalty,"
                + " :arbiter_fee, :bond_to_client, :retainer_to, :reason")
        .bind("agent_id", closed.agentId())
        .bind("outcome", closed.outcome().name())
        .bind("rating", closed.rating())
        .bind("late", closed.late())
        .bind("to_payee", closed.toPayee())
        .bind("to_client", closed.toClient())
        .bind("fee", closed.fee())
        .bind("penalty", closed.penalty())
        .bind("arbiter_fee", closed.arbiterFee())
        .bind("bond_to_client", closed.bondToClient())
        .bind("retainer_to", closed.retainerTo().hex())
        .bind("reason", closed.reason().hex())
        .execute();
  }

  static void rated(Handle handle, LogRef ref, DealEvent.Rated rated) {
    leg(
            handle,
            ref,
            "rating",
            rated.deal(),
            rated.leg(),
            "agent_id, by_client, rating",
            ":agent_id, :by_client, :rating")
        .bind("agent_id", rated.agentId())
        .bind("by_client", rated.byClient())
        .bind("rating", rated.rating())
        .execute();
  }

  private static Update leg(
      Handle handle,
      LogRef ref,
      String table,
      DealId deal,
      int leg,
      String columns,
      String values) {
    return DealRows.at(handle, table, "deal_id, leg, " + columns, ":deal_id, :leg, " + values, ref)
        .bind("deal_id", deal.toString())
        .bind("leg", leg);
  }
}
