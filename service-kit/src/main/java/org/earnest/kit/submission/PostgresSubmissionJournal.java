package org.earnest.kit.submission;

import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.JournalUnavailableException;
import org.earnest.core.submission.SignedTransaction;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.earnest.kit.postgres.Database;
import org.earnest.kit.postgres.DatabaseUnavailableException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * The journal in PostgreSQL. Every step is one transaction, which writes the row and appends to its
 * history; row locks order the steps of one submission, a unique constraint the nonces of a signer.
 */
public final class PostgresSubmissionJournal implements SubmissionJournal {
  public static final String SCHEMA = "submissions";

  private static final String SELECT = "select * from submissions.submission ";

  /** In the same statement as the row is written, which saves a way to the database and back. */
  private static final String APPEND =
      """
      insert into submissions.submission_history
        (id, step, state, signer, nonce, tx_hash, raw, cancels, gas_limit, max_fee_per_gas,
         max_priority_fee_per_gas, block_number, block_hash, code, reason, carrier, carrier_index)
      select id, step, state, signer, nonce, tx_hash, raw, cancels, gas_limit,
        max_fee_per_gas, max_priority_fee_per_gas, block_number, block_hash, code, reason,
        carrier, carrier_index
      from written
      """;

  private static final String UNIQUE_VIOLATION = "23505";

  private final Database database;

  private PostgresSubmissionJournal(Database database) {
    this.database = database;
  }

  /** Brings the schema up to date, and opens the journal. */
  public static PostgresSubmissionJournal open(Database database) {
    database.migrate(SCHEMA);
    return new PostgresSubmissionJournal(database);
  }

  @Override
  public Claim claim(Caip2ChainId chain, EvmAddress sender, SubmissionRequest request) {
    if (request.key().indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a key holds no NUL");
    }
    Submission fresh = new Submission(chain, sender, request, new SubmissionState.Claimed());
    return asking(() -> database.transaction(handle -> claim(handle, fresh)));
  }

  private static Claim claim(Handle handle, Submission fresh) {
    if (insert(handle, fresh)) {
      return new Claim.Taken(fresh);
    }
    Submission held = locked(handle, fresh.id()).orElseThrow();
    if (!held.request().asksForTheSame(fresh.request())) {
      return new Claim.Reused(held.id());
    }
    Submission shared = held.allowing(fresh.request());
    if (!shared.equals(held)) {
      allowCancelling(handle, shared.id());
    }
    return new Claim.Shared(shared);
  }

  private static void allowCancelling(Handle handle, SubmissionId id) {
    handle
        .createUpdate("update submissions.submission set cancellable = true where id = :id")
        .bind("id", bytes(id))
        .execute();
  }

  static boolean insert(Handle handle, Submission fresh) {
    SubmissionRequest request = fresh.request();
    return handle
            .createUpdate(
                """
                with written as (
                  insert into submissions.submission
                    (id, chain, key, sender, to_address, data, value, cancellable, state, step)
                  values
                    (:id, :chain, :key, :sender, :to, :data, :value, :cancellable, :state, 0)
                  on conflict (id) do nothing
                  returning *
                )
                """
                    + APPEND)
            .bind("id", bytes(fresh.id()))
            .bind("chain", fresh.chain().toString())
            .bind("key", request.key())
            .bind("sender", fresh.sender().hex())
            .bind("to", request.to().hex())
            .bind("data", request.data())
            .bind("value", request.value())
            .bind("cancellable", request.cancellable())
            .bind("state", StateName.CLAIMED.text())
            .execute()
        == 1;
  }

  @Override
  public Transition advance(SubmissionId id, SubmissionState from, SubmissionState to) {
    from.requireStep(to);
    SubmissionState seen = StateColumns.storable(from);
    SubmissionState next = StateColumns.storable(to);
    return asking(() -> database.transaction(handle -> advance(handle, id, seen, next)));
  }

  @Override
  public Transition advance(
      SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
    from.requireStep(to, lease);
    return asking(() -> advanceOrNonceTaken(lease, id, from, to));
  }

  private Transition advanceOrNonceTaken(
      SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
    try {
      return database.transaction(
          handle ->
              SignerLeases.isHeld(handle, lease)
                  ? advance(handle, id, from, to)
                  : Transition.LEASE_LOST);
    } catch (UnableToExecuteStatementException failure) {
      if (failure.getCause() instanceof SQLException sql
          && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
        return Transition.NONCE_TAKEN;
      }
      throw failure;
    }
  }

  private static Transition advance(
      Handle handle, SubmissionId id, SubmissionState from, SubmissionState to) {
    Optional<Submission> held = locked(handle, id);
    if (held.isEmpty() || !held.get().state().equals(from)) {
      return Transition.STALE;
    }
    write(handle, held.get().in(to));
    return Transition.APPLIED;
  }

  @Override
  public Transition carry(
      Caip2ChainId chain, EvmAddress sender, SubmissionRequest carrier, List<Submission> items) {
    items.forEach(item -> item.state().requireCarriable());
    Submission fresh = new Submission(chain, sender, carrier, new SubmissionState.Claimed());
    return asking(() -> database.transaction(handle -> Carriages.carry(handle, fresh, items)));
  }

  @Override
  public Optional<List<Step>> dissolve(SubmissionId carrier) {
    return asking(() -> database.transaction(handle -> Carriages.dissolve(handle, carrier)));
  }

  @Override
  public Optional<SignerLease> lease(
      Caip2ChainId chain, EvmAddress signer, UUID holder, Duration term) {
    return asking(
        () -> database.call(handle -> SignerLeases.take(handle, chain, signer, holder, term)));
  }

  @Override
  public void release(SignerLease lease) {
    asking(() -> database.call(handle -> SignerLeases.release(handle, lease)));
  }

  static void write(Handle handle, Submission next) {
    Map<String, @Nullable Object> columns = new HashMap<>(StateColumns.of(next.state()));
    columns.put("id", bytes(next.id()));
    handle
        .createUpdate(
            """
            with written as (
              update submissions.submission set
                state = :state, signer = :signer, nonce = :nonce,
                tx_hash = :tx_hash, raw = :raw, cancels = :cancels, gas_limit = :gas_limit,
                max_fee_per_gas = :max_fee_per_gas,
                max_priority_fee_per_gas = :max_priority_fee_per_gas,
                block_number = :block_number, block_hash = :block_hash, code = :code,
                reason = :reason, carrier = :carrier, carrier_index = :carrier_index,
                step = step + 1, changed_at = now()
              where id = :id
              returning *
            )
            """
                + APPEND)
        .bindMap(columns)
        .execute();
  }

  static Optional<Submission> locked(Handle handle, SubmissionId id) {
    return handle
        .createQuery(SELECT + "where id = :id for update")
        .bind("id", bytes(id))
        .map(SubmissionRow::read)
        .findOne();
  }

  @Override
  public Optional<Submission> find(SubmissionId id) {
    return asking(
        () ->
            database.call(
                handle ->
                    handle
                        .createQuery(SELECT + "where id = :id")
                        .bind("id", bytes(id))
                        .map(SubmissionRow::read)
                        .findOne()));
  }

  @Override
  public List<SignedTransaction> attempts(SubmissionId id) {
    return asking(
        () ->
            database.call(
                handle ->
                    handle
                        .createQuery(
                            """
                            select * from submissions.submission_history
                            where id = :id and state = 'signed' and raw is not null order by step desc
                            """)
                        .bind("id", bytes(id))
                        .map((row, context) -> SubmissionRow.transaction(row))
                        .list()));
  }

  @Override
  public List<Submission> open(Caip2ChainId chain, EvmAddress account) {
    return asking(
        () ->
            database.call(
                handle ->
                    handle
                        .createQuery(
                            SELECT
                                + """
                                where chain = :chain and coalesce(signer, sender) = :account
                                  and state in ('claimed', 'prepared', 'signed', 'broadcast', 'reorganised')
                                order by nonce nulls last, changed_at, id
                                """)
                        .bind("chain", chain.toString())
                        .bind("account", account.hex())
                        .map(SubmissionRow::read)
                        .list()));
  }

  @Override
  public List<Submission> included(Caip2ChainId chain, EvmAddress signer) {
    return asking(
        () ->
            database.call(
                handle ->
                    handle
                        .createQuery(
                            SELECT
                                + """
                                where chain = :chain and signer = :signer
                                  and state in ('mined', 'reverted', 'expired')
                                order by block_number, nonce
                                """)
                        .bind("chain", chain.toString())
                        .bind("signer", signer.hex())
                        .map(SubmissionRow::read)
                        .list()));
  }

  @Override
  public List<Submission> finals(Caip2ChainId chain, EvmAddress signer, long below, int limit) {
    return asking(
        () ->
            database.call(
                handle ->
                    handle
                        .createQuery(
                            SELECT
                                + """
                                where chain = :chain and signer = :signer and nonce < :below
                                  and state = 'final'
                                order by nonce desc limit :limit
                                """)
                        .bind("chain", chain.toString())
                        .bind("signer", signer.hex())
                        .bind("below", below)
                        .bind("limit", limit)
                        .map(SubmissionRow::read)
                        .list()));
  }

  @Override
  public List<Submission> fromNonce(Caip2ChainId chain, EvmAddress signer, long nonce) {
    return asking(
        () ->
            database.call(
                handle ->
                    handle
                        .createQuery(
                            SELECT
                                + "where chain = :chain and signer = :signer and nonce >= :nonce"
                                + " order by nonce")
                        .bind("chain", chain.toString())
                        .bind("signer", signer.hex())
                        .bind("nonce", nonce)
                        .map(SubmissionRow::read)
                        .list()));
  }

  @Override
  public OptionalLong highestNonce(Caip2ChainId chain, EvmAddress signer) {
    return asking(
        () ->
            database.call(
                handle ->
                    handle
                        .createQuery(
                            "select nonce from submissions.submission where chain = :chain"
                                + " and signer = :signer order by nonce desc limit 1")
                        .bind("chain", chain.toString())
                        .bind("signer", signer.hex())
                        .mapTo(Long.class)
                        .findOne()
                        .map(OptionalLong::of)
                        .orElseGet(OptionalLong::empty)));
  }

  @Override
  public BigInteger committed(
      Caip2ChainId chain, EvmAddress signer, Duration window, SubmissionId except) {
    return asking(
        () -> database.call(handle -> Commitments.sum(handle, chain, signer, window, except)));
  }

  /** The submissions that the filter names, the last changed first. */
  List<SubmissionList.Row> page(SubmissionFilter filter) {
    return asking(() -> new SubmissionList(database).page(filter));
  }

  /** Every state that a submission had, the first first; empty for an unknown one. */
  public List<SubmissionStep> history(SubmissionId id) {
    return asking(
        () ->
            database.call(
                handle ->
                    handle
                        .createQuery(
                            "select * from submissions.submission_history where id = :id"
                                + " order by step")
                        .bind("id", bytes(id))
                        .map(SubmissionStep::read)
                        .list()));
  }

  static byte[] bytes(SubmissionId id) {
    return id.digest().bytes();
  }

  private static <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (DatabaseUnavailableException unavailable) {
      throw new JournalUnavailableException(unavailable.detail(), unavailable);
    }
  }
}
