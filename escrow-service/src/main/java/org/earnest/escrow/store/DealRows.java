package org.earnest.escrow.store;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.earnest.bindings.eip712.TermsBytes;
import org.earnest.bindings.event.DealEvent;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.LogRef;
import org.earnest.core.deal.DealTerms;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Writes events as rows. */
final class DealRows {
  static final String REF = "chain, block_number, block_hash, log_index, transaction";
  static final String REF_VALUES = ":chain, :block_number, :block_hash, :log_index, :transaction";
  private static final List<String> TABLES =
      List.of(
          "deal",
          "deal_party",
          "joining",
          "substitution",
          "delivery",
          "dispute",
          "closing",
          "rating",
          "quarantine");

  private DealRows() {}

  static void apply(Handle handle, LogRef ref, DealEvent event) {
    switch (event) {
      case DealEvent.Opened opened -> opened(handle, ref, opened);
      case DealEvent.Joined joined -> LegRows.joined(handle, ref, joined);
      case DealEvent.Substituted substituted -> LegRows.substituted(handle, ref, substituted);
      case DealEvent.Delivered delivered -> LegRows.delivered(handle, ref, delivered);
      case DealEvent.Disputed disputed -> LegRows.disputed(handle, ref, disputed);
      case DealEvent.Closed closed -> LegRows.closed(handle, ref, closed);
      case DealEvent.Rated rated -> LegRows.rated(handle, ref, rated);
      case DealEvent.Deposited deposited -> {}
      case DealEvent.Debited debited -> {}
      case DealEvent.Credited credited -> {}
      case DealEvent.Withdrawn withdrawn -> {}
    }
  }

  static void rewind(Handle handle, Caip2ChainId chain, long block) {
    for (String table : TABLES) {
      handle.execute(
          "delete from escrow." + table + " where chain = ? and block_number > ?",
          chain.toString(),
          block);
    }
  }

  static Update at(Handle handle, String table, String columns, String values, LogRef ref) {
    return handle
        .createUpdate(
            "insert into escrow."
                + table
                + " ("
                + REF
                + ", "
                + columns
                + ") values ("
                + REF_VALUES
                + ", "
                + values
                + ") on conflict do nothing")
        .bind("chain", ref.block().chain().toString())
        .bind("block_number", ref.block().number())
        .bind("block_hash", ref.block().hash().hex())
        .bind("log_index", ref.logIndex())
        .bind("transaction", ref.transaction().hex());
  }

  /** A stranger's text; PostgreSQL stores every character but one. */
  static String storable(String text) {
    return text.replace('\u0000', '\ufffd');
  }

  private static void opened(Handle handle, LogRef ref, DealEvent.Opened opened) {
    at(
            handle,
            "deal",
            "deal_id, client, token, joined, terms",
            ":deal_id, :client, :token, :joined, :terms",
            ref)
        .bind("joined", opened.joined())
        .bind("deal_id", opened.deal().toString())
        .bind("client", opened.client().hex())
        .bind("token", opened.terms().head().token().hex())
        .bind("terms", TermsBytes.encode(opened.terms()))
        .execute();
    for (EvmAddress party : parties(opened.terms())) {
      handle.execute(
          "insert into escrow.deal_party (chain, party, block_number, log_index, deal_id)"
              + " values (?, ?, ?, ?, ?) on conflict do nothing",
          ref.block().chain().toString(),
          party.hex(),
          ref.block().number(),
          ref.logIndex(),
          opened.deal().toString());
    }
  }

  private static Set<EvmAddress> parties(DealTerms terms) {
    Set<EvmAddress> parties = new LinkedHashSet<>();
    parties.add(terms.head().client());
    terms
        .legs()
        .forEach(
            leg -> {
              parties.add(leg.payee());
              parties.add(leg.standby());
            });
    parties.add(terms.head().arbiter());
    parties.remove(EvmAddress.ZERO);
    return parties;
  }
}
