package org.earnest.reputation.reading;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.postgres.Columns;
import org.earnest.reputation.file.PaymentCheck;
import org.earnest.reputation.file.PaymentVerdict;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Feedback files as they were last seen, each by the log that named it. */
final class NoteRows {
  private static final String KEY =
      " chain = :chain and block_hash = :block_hash and log_index = :log_index";
  private static final String SAVE =
      "update reputation_file.feedback_file set state = :state, code = :code, detail = :detail,"
          + " content_hash = :hash, payment = :payment, payment_code = :payment_code,"
          + " payment_detail = :payment_detail, payment_transaction = :payment_transaction,"
          + " payment_token = :payment_token, payment_amount = :payment_amount,"
          + " looked_at = :now, attempts = :attempts,"
          + " transaction_attempts = :transaction_attempts, next_look_at = :next where"
          + KEY;

  private NoteRows() {}

  /** A file to be looked at, and how often that was in vain. */
  record Due(
      Caip2ChainId chain,
      Hash32 blockHash,
      int logIndex,
      long block,
      BigInteger agentId,
      EvmAddress client,
      String uri,
      String host,
      Hash32 expectedHash,
      VainLooks vain)
      implements DueFiles.Due {}

  static DueFiles<Due> due(Caip2ChainId chain) {
    return new DueFiles<>(
        "feedback_file",
        "block_hash, log_index, block_number, agent_id, client, uri, expected_hash, attempts,"
            + " transaction_attempts",
        chain,
        (row, context) -> due(row, chain));
  }

  /** Files of payments whose token or transaction was not known: this run may know others. */
  static void lookAgain(Handle handle, Caip2ChainId chain, Instant now) {
    handle
        .createUpdate(
            "update reputation_file.feedback_file set next_look_at = :now, attempts = 0,"
                + " transaction_attempts = 0"
                + " where chain = :chain and payment_code in (<codes>) and next_look_at is null")
        .bind("now", Columns.at(now))
        .bind("chain", chain.toString())
        .bindList("codes", PaymentCheck.TOKEN_NOT_KNOWN, PaymentCheck.TRANSACTION_UNKNOWN)
        .execute();
  }

  /** Whose feedback it is; empty where no block has it any more. */
  static Optional<PaymentCheck.Parties> parties(Handle handle, Due due) {
    return transaction(handle, due)
        .map(
            transaction ->
                new PaymentCheck.Parties(
                    due.client(), accounts(handle, due), due.block(), transaction));
  }

  private static Optional<Hash32> transaction(Handle handle, Due due) {
    return handle
        .createQuery(
            "select transaction from reputation.feedback where chain = :chain"
                + " and agent_id = :agent_id and block_number = :block"
                + " and log_index = :log_index and block_hash = :block_hash")
        .bind("chain", due.chain().toString())
        .bind("agent_id", due.agentId())
        .bind("block", due.block())
        .bind("log_index", due.logIndex())
        .bind("block_hash", due.blockHash().hex())
        .mapTo(String.class)
        .map(Hash32::new)
        .findOne();
  }

  /** Owners and wallets up to then. */
  private static Set<EvmAddress> accounts(Handle handle, Due due) {
    return handle
        .createQuery(
            "select distinct account from reputation.agent_change where chain = :chain"
                + " and agent_id = :agent_id and block_number <= :block and account is not null")
        .bind("chain", due.chain().toString())
        .bind("agent_id", due.agentId())
        .bind("block", due.block())
        .mapTo(String.class)
        .list()
        .stream()
        .map(EvmAddress::new)
        .collect(Collectors.toUnmodifiableSet());
  }

  static void forget(Handle handle, Due due) {
    handle
        .createUpdate(
            "delete from reputation_file.feedback_file n where"
                + KEY
                + " and not exists (select 1 from reputation.feedback f where f.chain = n.chain"
                + " and f.agent_id = n.agent_id and f.block_number = n.block_number"
                + " and f.log_index = n.log_index and f.block_hash = n.block_hash)")
        .bind("chain", due.chain().toString())
        .bind("block_hash", due.blockHash().hex())
        .bind("log_index", due.logIndex())
        .execute();
  }

  /**
   * What a look showed.
   *
   * @param next when to look again; empty for never
   */
  static void save(Handle handle, Due due, Note seen, Instant now, Optional<Instant> next) {
    VainLooks vain = next.isPresent() ? due.vain().with(seen) : due.vain();
    Update update =
        handle
            .createUpdate(SAVE)
            .bind("chain", due.chain().toString())
            .bind("block_hash", due.blockHash().hex())
            .bind("log_index", due.logIndex())
            .bind("state", seen.state().word())
            .bind("code", seen.code().orElse(null))
            .bind("detail", seen.detail().orElse(null))
            .bind("hash", seen.contentHash().map(Hash32::hex).orElse(null))
            .bind("now", Columns.at(now))
            .bind("attempts", vain.file())
            .bind("transaction_attempts", vain.transaction())
            .bind("next", next.map(Columns::at).orElse(null));
    PaymentColumns.of(seen.payment()).bindTo(update).execute();
  }

  /** Where a feedback says that its file is; empty where there is no such feedback. */
  static Optional<String> uri(
      Handle handle, Caip2ChainId chain, BigInteger agentId, EvmAddress client, long index) {
    return handle
        .createQuery(
            "select feedback_uri from reputation.feedback where chain = :chain"
                + " and agent_id = :agent_id and client = :client and feedback_index = :index")
        .bind("chain", chain.toString())
        .bind("agent_id", agentId)
        .bind("client", client.hex())
        .bind("index", index)
        .mapTo(String.class)
        .findOne();
  }

  /** The file of a feedback, where it has one. */
  static Optional<Note> find(
      Handle handle, Caip2ChainId chain, BigInteger agentId, EvmAddress client, long index) {
    return handle
        .createQuery(
            "select n.*, "
                + ClaimedPayments.before("n")
                + " as claimed_before from reputation.feedback f"
                + " join reputation_file.feedback_file n using (chain, block_hash, log_index)"
                + " where f.chain = :chain and f.agent_id = :agent_id and f.client = :client"
                + " and f.feedback_index = :index")
        .bind("chain", chain.toString())
        .bind("agent_id", agentId)
        .bind("client", client.hex())
        .bind("index", index)
        .map((row, context) -> note(row, chain))
        .findOne();
  }

  private static Due due(ResultSet row, Caip2ChainId chain) throws SQLException {
    return new Due(
        chain,
        new Hash32(row.getString("block_hash")),
        row.getInt("log_index"),
        row.getLong("block_number"),
        row.getBigDecimal("agent_id").toBigIntegerExact(),
        new EvmAddress(row.getString("client")),
        row.getString("uri"),
        row.getString("host"),
        new Hash32(row.getString("expected_hash")),
        new VainLooks(row.getInt("attempts"), row.getInt("transaction_attempts")));
  }

  private static Note note(ResultSet row, Caip2ChainId chain) throws SQLException {
    Optional<PaymentVerdict> payment = PaymentColumns.read(row, chain);
    return new Note(
        row.getString("uri"),
        new Hash32(row.getString("expected_hash")),
        FileState.of(row.getString("state")),
        Columns.text(row, "code"),
        Columns.text(row, "detail"),
        Columns.text(row, "content_hash").map(Hash32::new),
        payment,
        Columns.instant(row, "looked_at"));
  }
}
