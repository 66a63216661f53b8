package org.earnest.credentials.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.earnest.credentials.ChallengeStamp;
import org.earnest.credentials.Challenges;
import org.earnest.kit.postgres.Database;
import org.jdbi.v3.core.Handle;

/**
 * Challenges in PostgreSQL: good in every process of one database, and after a restart. Only those
 * that were used are kept, and no longer than they would have been good.
 */
public final class StoredChallenges implements Challenges {
  /** Used challenges that are kept at once; beyond, none counts until some have ended. */
  public static final int MAX_USED = 100_000;

  /** Ended ones that one use clears away at most: more than it adds, so that they get fewer. */
  private static final int CLEARED_AT_ONCE = 16;

  /** How far the clocks of several processes may differ: a used one is kept so much longer. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

  private final Database database;
  private final ChallengeStamp stamp;
  private final int maxUsed;

  private StoredChallenges(Database database, ChallengeStamp stamp, int maxUsed) {
    this.database = database;
    this.stamp = stamp;
    this.maxUsed = maxUsed;
  }

  /** Brings the schema up to date, and makes the secret where there is none. */
  public static StoredChallenges open(Database database) {
    return open(database, MAX_USED);
  }

  static StoredChallenges open(Database database, int maxUsed) {
    database.migrate(StatusListStore.SCHEMA);
    byte[] secret = database.transaction(StoredChallenges::secret);
    return new StoredChallenges(database, new ChallengeStamp(secret), maxUsed);
  }

  private static byte[] secret(Handle handle) {
    handle
        .createUpdate(
            """
            insert into credentials.challenge_secret (secret) values (:secret)
            on conflict do nothing
            """)
        .bind("secret", ChallengeStamp.randomSecret())
        .execute();
    return handle
        .createQuery("select secret from credentials.challenge_secret")
        .mapTo(byte[].class)
        .one();
  }

  @Override
  public String create(Instant expires) {
    return stamp.create(expires);
  }

  @Override
  public boolean consume(String challenge, Instant now) {
    Optional<Instant> expires = stamp.expires(challenge).filter(now::isBefore);
    return expires.isPresent()
        && database.transaction(handle -> use(handle, challenge, expires.get(), now));
  }

  private boolean use(Handle handle, String challenge, Instant expires, Instant now) {
    clear(handle, now);
    // Counted before: many at once may pass the bound by as many as there are connections.
    int kept =
        handle
            .createQuery(
                "select count(*) from (select 1 from credentials.used_challenge limit :max) kept")
            .bind("max", maxUsed)
            .mapTo(Integer.class)
            .one();
    return kept < maxUsed
        && handle
                .createUpdate(
                    """
                    insert into credentials.used_challenge (challenge, expires)
                    values (:challenge, :expires) on conflict do nothing
                    """)
                .bind("challenge", challenge)
                .bind("expires", OffsetDateTime.ofInstant(expires, ZoneOffset.UTC))
                .execute()
            == 1;
  }

  private static void clear(Handle handle, Instant now) {
    handle
        .createUpdate(
            """
            delete from credentials.used_challenge where challenge in (
              select challenge from credentials.used_challenge where expires <= :ended
              order by expires limit :most for update skip locked)
            """)
        .bind("ended", OffsetDateTime.ofInstant(now.minus(CLOCK_SKEW), ZoneOffset.UTC))
        .bind("most", CLEARED_AT_ONCE)
        .execute();
  }
}
