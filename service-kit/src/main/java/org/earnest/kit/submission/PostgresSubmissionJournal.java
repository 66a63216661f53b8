package org.earnest.kit.submission;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
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

/**
 * The journal in PostgreSQL. Every step is one transaction, which writes the row and appends to its
 * history; row locks order the steps of one submission, a unique constraint the nonces of a signer.
 */
public final class PostgresSubmissionJournal implements SubmissionJournal {
  public static final String SCHEMA = "submissions";

  private static final String SELECT = "select * from submissions.submission ";

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
    return asking(
        () ->
            database.<Boolean, RuntimeException>call(handle -> StepStatement.claim(handle, fresh))
                ? new Claim.Taken(fresh)
                : database.transaction(handle -> share(handle, fresh)));
  }

  private static Claim share(Handle handle, Submission fresh) {
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

  @Override
  public Transition advance(SubmissionId id, SubmissionState from, SubmissionState to) {
    from.requireStep(to);
    return asking(() -> database.call(handle -> StepStatement.take(handle, id, from, to)));
  }

  @Override
  public Transition advance(
      SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
    from.requireStep(to, lease);
    return asking(() -> database.call(handle -> StepStatement.take(handle, lease, id, from, to)));
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
    asking(
        () ->
            database.call(
                handle -> {
                  SignerLeases.release(handle, lease);
                  return lease;
                }));
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
