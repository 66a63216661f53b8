package org.earnest.reputation.store;

import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.LogRef;
import org.jdbi.v3.core.Handle;

/** The legs that a standby took over: what becomes of them later is the standby's record. */
final class Substitutions {
  private Substitutions() {}

  static void add(Handle handle, LogRef ref, DealEvent.Substituted event) {
    Rows.at(
            handle,
            "insert into reputation.substitution ("
                + Rows.REF
                + ", deal_id, leg) values ("
                + Rows.REF_VALUES
                + ", :deal_id, :leg) on conflict do nothing",
            ref)
        .bind("deal_id", event.deal().toString())
        .bind("leg", event.leg())
        .execute();
  }

  /** Whether the standby was at work when a leg closed. */
  static boolean of(Handle handle, LogRef ref, DealEvent.Closed closed) {
    return handle
        .createQuery(
            "select exists (select from reputation.substitution"
                + " where chain = ? and deal_id = ? and leg = ?)")
        .bind(0, ref.block().chain().toString())
        .bind(1, closed.deal().toString())
        .bind(2, closed.leg())
        .mapTo(Boolean.class)
        .one();
  }

  static void rewind(Handle handle, Caip2ChainId chain, long block) {
    handle.execute(
        "delete from reputation.substitution where chain = ? and block_number > ?",
        chain.toString(),
        block);
  }
}
