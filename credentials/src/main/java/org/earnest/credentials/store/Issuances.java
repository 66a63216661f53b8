package org.earnest.credentials.store;

import java.util.Arrays;
import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.postgres.Database;
import org.jdbi.v3.core.Handle;

/**
 * Credentials issued under an idempotency key. Every method throws {@code
 * DatabaseUnavailableException} when the database cannot be asked, and only then.
 */
public final class Issuances {
  private static final String SCHEMA = "credentials";
  private final Database database;

  private Issuances(Database database) {
    this.database = database;
  }

  /** The issuances of this database, whose tables are brought up to date first. */
  public static Issuances open(Database database) {
    database.migrate(SCHEMA);
    return new Issuances(database);
  }

  /** What is known of a key. */
  public sealed interface Answer {
    /** The same request was answered with this credential. */
    record Same(String credential) implements Answer {}

    /** The key belongs to another request. */
    record Reused() implements Answer {}
  }

  /**
   * What was issued under the key.
   *
   * @param request SHA-256 of the request's canonical form
   * @return empty when the key is new
   */
  public Optional<Answer> find(IdempotencyKey key, Hash32 request) {
    return database.call(handle -> find(handle, key, request));
  }

  /**
   * Keeps a credential under a new key; of two at once, both get the first one's.
   *
   * @param request SHA-256 of the request's canonical form
   */
  public Answer keep(IdempotencyKey key, Hash32 request, String credential) {
    return database.transaction(
        handle -> {
          handle
              .createUpdate(
                  "insert into credentials.issuance (idempotency_key, request_hash, credential)"
                      + " values (:key, :request, :credential) on conflict do nothing")
              .bind("key", key.value())
              .bind("request", request.bytes())
              .bind("credential", credential)
              .execute();
          return find(handle, key, request).orElseThrow();
        });
  }

  private static Optional<Answer> find(Handle handle, IdempotencyKey key, Hash32 request) {
    return handle
        .createQuery(
            "select request_hash, credential from credentials.issuance"
                + " where idempotency_key = :key")
        .bind("key", key.value())
        .map(
            (row, context) ->
                Arrays.equals(row.getBytes("request_hash"), request.bytes())
                    ? new Answer.Same(row.getString("credential"))
                    : (Answer) new Answer.Reused())
        .findOne();
  }
}
