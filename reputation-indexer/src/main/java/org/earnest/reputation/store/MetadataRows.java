package org.earnest.reputation.store;

import org.earnest.bindings.event.IdentityEvent;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.LogRef;
import org.jdbi.v3.core.Handle;

/** What owners said besides: metadata of their agents, and who may act for these. */
final class MetadataRows {
  private static final String SET =
      "insert into reputation.metadata_change ("
          + Rows.REF
          + ", agent_id, key_digest, key, value) values ("
          + Rows.REF_VALUES
          + ", :agent_id, sha256(convert_to(:key, 'UTF8')), :key, :value) on conflict do nothing";
  private static final String APPROVED =
      "insert into reputation.operator_approval ("
          + Rows.REF
          + ", owner, operator, approved) values ("
          + Rows.REF_VALUES
          + ", :owner, :operator, :approved) on conflict do nothing";

  private MetadataRows() {}

  static void set(Handle handle, LogRef ref, IdentityEvent.MetadataSet event) {
    Rows.at(handle, SET, ref)
        .bind("agent_id", event.agentId())
        .bind("key", Rows.storable(event.key()))
        .bind("value", event.value())
        .execute();
  }

  static void approved(Handle handle, LogRef ref, IdentityEvent.OperatorSet event) {
    Rows.at(handle, APPROVED, ref)
        .bind("owner", event.owner().hex())
        .bind("operator", event.operator().hex())
        .bind("approved", event.approved())
        .execute();
  }

  static void rewind(Handle handle, Caip2ChainId chain, long block) {
    for (String table : new String[] {"metadata_change", "operator_approval"}) {
      handle.execute(
          "delete from reputation." + table + " where chain = ? and block_number > ?",
          chain.toString(),
          block);
    }
  }
}
