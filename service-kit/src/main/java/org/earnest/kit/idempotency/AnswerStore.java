package org.earnest.kit.idempotency;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.earnest.kit.postgres.Database;
import org.jdbi.v3.core.Handle;

/** Keys, who works on them, and what they were answered with. */
final class AnswerStore {
  static final String SCHEMA = "idempotency";

  private final Database database;
  private final Duration lease;

  /**
   * @param lease how long a claim holds when its holder falls silent
   */
  AnswerStore(Database database, Duration lease) {
    this.database = database;
    this.lease = lease;
  }

  Claim claim(String service, String key, byte[] digest) {
    UUID token = UUID.randomUUID();
    return database.transaction(
        handle -> {
          if (insert(handle, service, key, digest, token)) {
            return new Claim.Ours(token);
          }
          Claim held = held(handle, service, key, digest, token);
          if (held instanceof Claim.Ours) {
            takeOver(handle, service, key, token);
          }
          return held;
        });
  }

  /** Does nothing where the claim was lost to another in the meantime. */
  void answer(String service, String key, UUID token, SavedAnswer answer) {
    database.run(
        handle ->
            handle
                .createUpdate(
                    """
                    update idempotency.answer set status = :status, content_type = :contentType,
                      location = :location, body = :body, answered_at = now()
                    where service = :service and key = :key and claim = :token
                      and status is null
                    """)
                .bind("status", answer.status())
                .bind("contentType", answer.contentType().orElse(null))
                .bind("location", answer.location().orElse(null))
                .bind("body", answer.body())
                .bind("service", service)
                .bind("key", key)
                .bind("token", token)
                .execute());
  }

  /** Lets the same request be worked on again at once. */
  void release(String service, String key, UUID token) {
    database.run(
        handle ->
            handle
                .createUpdate(
                    """
                    update idempotency.answer set claimed_until = now()
                    where service = :service and key = :key and claim = :token
                    """)
                .bind("service", service)
                .bind("key", key)
                .bind("token", token)
                .execute());
  }

  private boolean insert(Handle handle, String service, String key, byte[] digest, UUID token) {
    return handle
            .createUpdate(
                """
                insert into idempotency.answer (service, key, request_digest, claim, claimed_until)
                values (:service, :key, :digest, :token, now() + :lease * interval '1 millisecond')
                on conflict (service, key) do nothing
                """)
            .bind("service", service)
            .bind("key", key)
            .bind("digest", digest)
            .bind("token", token)
            .bind("lease", lease.toMillis())
            .execute()
        == 1;
  }

  private static Claim held(Handle handle, String service, String key, byte[] digest, UUID token) {
    return handle
        .createQuery(
            """
            select *, claimed_until > now() as busy from idempotency.answer
            where service = :service and key = :key for update
            """)
        .bind("service", service)
        .bind("key", key)
        .map((row, context) -> held(row, digest, token))
        .one();
  }

  private static Claim held(ResultSet row, byte[] digest, UUID token) throws SQLException {
    if (!Arrays.equals(row.getBytes("request_digest"), digest)) {
      return new Claim.Reused();
    }
    if (row.getObject("status") != null) {
      return new Claim.Answered(
          new SavedAnswer(
              row.getInt("status"),
              Optional.ofNullable(row.getString("content_type")),
              Optional.ofNullable(row.getString("location")),
              row.getBytes("body")));
    }
    return row.getBoolean("busy") ? new Claim.InProgress() : new Claim.Ours(token);
  }

  private void takeOver(Handle handle, String service, String key, UUID token) {
    handle
        .createUpdate(
            """
            update idempotency.answer
            set claim = :token, claimed_until = now() + :lease * interval '1 millisecond'
            where service = :service and key = :key
            """)
        .bind("service", service)
        .bind("key", key)
        .bind("token", token)
        .bind("lease", lease.toMillis())
        .execute();
  }
}
