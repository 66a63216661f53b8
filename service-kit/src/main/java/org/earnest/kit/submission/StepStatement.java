package org.earnest.kit.submission;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.earnest.core.submission.SignerLease;
import org.earnest.core.submission.Submission;
import org.earnest.core.submission.SubmissionId;
import org.earnest.core.submission.SubmissionJournal.Transition;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.SubmissionState;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * A step of a submission as one statement, which is one transaction and one way to the database and
 * back: it sees to the lease, writes the row if that is as the caller saw it, and appends to the
 * history. Row locks order those who come at once; who waited for one is judged by the row as it is
 * then.
 *
 * <p>A key that is claimed, and what {@link SubmissionState#isAwaited}, is on the disk when the
 * statement returns, and with it all that was written before, as the log of PostgreSQL is one.
 */
final class StepStatement {
  private static final String UNIQUE_VIOLATION = "23505";

  private static final String APPENDED =
      "appended as (insert into submissions.submission_history (id, step, "
          + columns("%s")
          + ") select id, step, "
          + columns("%s")
          + " from written returning 1)";

  private static final String NOT_AWAITED = "set_config('synchronous_commit', 'off', true)";

  private static final String CLAIM =
      """
      with written as (
        insert into submissions.submission
          (id, chain, key, sender, to_address, data, value, cancellable, state, step)
        values (:id, :chain, :key, :sender, :to, :data, :value, :cancellable, :state, 0)
        on conflict (id) do nothing
        returning *
      ), %s
      select exists (select from appended) as taken
      """
          .formatted(APPENDED);

  private static final String TAKE =
      """
      written as (
        update submissions.submission set %s, step = step + 1, changed_at = now()
        where id = :id and exists (select from held) and (%s) is not distinct from (%s)
        returning *
      ), %s
      select exists (select from held) as held, exists (select from appended) as taken
      """
          .formatted(columns("%1$s = :%1$s"), columns("%s"), columns(":was_%s"), APPENDED);

  private static final String BY_ANYBODY = "with held as (select 1), " + TAKE;

  /** Keeps the lease from being taken until the step is. */
  private static final String BY_ITS_HOLDER =
      """
      with held as (
        select 1 from submissions.signer_lease
        where chain = :lease_chain and signer = :lease_signer and token = :lease_token for share
      ),
      """
          + TAKE;

  private StepStatement() {}

  /**
   * Writes a submission that is not there yet, as claimed.
   *
   * @return false when it is there
   */
  static boolean claim(Handle handle, Submission fresh) {
    SubmissionRequest request = fresh.request();
    return handle
        .createQuery(CLAIM)
        .bind("id", fresh.id().digest().bytes())
        .bind("chain", fresh.chain().toString())
        .bind("key", request.key())
        .bind("sender", fresh.sender().hex())
        .bind("to", request.to().hex())
        .bind("data", request.data())
        .bind("value", request.value())
        .bind("cancellable", request.cancellable())
        .bind("state", StateName.CLAIMED.text())
        .map((row, context) -> row.getBoolean("taken"))
        .one();
  }

  static Transition take(Handle handle, SubmissionId id, SubmissionState from, SubmissionState to) {
    return taken(bound(handle, BY_ANYBODY, id, from, to));
  }

  static Transition take(
      Handle handle, SignerLease lease, SubmissionId id, SubmissionState from, SubmissionState to) {
    try {
      return taken(
          bound(handle, BY_ITS_HOLDER, id, from, to)
              .bind("lease_chain", lease.chain().toString())
              .bind("lease_signer", lease.signer().hex())
              .bind("lease_token", lease.token()));
    } catch (UnableToExecuteStatementException failure) {
      if (failure.getCause() instanceof SQLException sql
          && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
        return Transition.NONCE_TAKEN;
      }
      throw failure;
    }
  }

  private static Query bound(
      Handle handle, String sql, SubmissionId id, SubmissionState from, SubmissionState to) {
    String awaited = to.isAwaited() ? "" : ", " + NOT_AWAITED;
    Map<String, @Nullable Object> values =
        new HashMap<>(StateColumns.of(StateColumns.storable(to)));
    StateColumns.of(StateColumns.storable(from))
        .forEach((column, value) -> values.put("was_" + column, value));
    return handle.createQuery(sql + awaited).bind("id", id.digest().bytes()).bindMap(values);
  }

  private static Transition taken(Query query) {
    return query
        .map(
            (row, context) ->
                !row.getBoolean("held")
                    ? Transition.LEASE_LOST
                    : row.getBoolean("taken") ? Transition.APPLIED : Transition.STALE)
        .one();
  }

  private static String columns(String format) {
    return StateColumns.NAMES.stream()
        .map(column -> format.formatted(column))
        .collect(Collectors.joining(", "));
  }
}
