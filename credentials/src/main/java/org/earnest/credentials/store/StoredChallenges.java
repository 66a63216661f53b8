package org.earnest.credentials.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.earnest.credentials.ChallengeStamp;
import org.earnest.credentials.Challenges;
import org.earnest.kit.postgres.Database;
import org.jdbi.v3.core.Handle;

/**
 * Challenges in PostgreSQL: good in every process of one database, and after a restart. The
 * database's clock alone says until when. Only those that were used are kept, and hardly longer
 * than they would have been good.
 */
public final class StoredChallenges implements Challenges {
  /** Places of used challenges, from the oldest that is kept on; beyond, some must end first. */
  public static final int MAX_USED = 100_000;

  /** Ended ones that one use clears away at most: more than it adds, so that they get fewer. */
  private static final int CLEARED_AT_ONCE = 16;

  /**
   * So much longer a used one is kept: a transaction reads the clock when it begins, and another
   * one that began later must not have cleared away what this one has to find.
   */
  private static final Duration LONGEST_USE = Duration.ofMinutes(1);

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
  public String create(Duration lifetime) {
    OffsetDateTime now =
        database.transaction(
            handle -> handle.createQuery("select now()").mapTo(OffsetDateTime.class).one());
    return stamp.create(now.toInstant().plus(lifetime));
  }

  @Override
  public Use consume(String challenge) {
    return stamp
        .expires(challenge)
        .map(expires -> database.transaction(handle -> use(handle, challenge, expires)))
        .orElse(Use.REFUSED);
  }

  private Use use(Handle handle, String challenge, Instant expires) {
    clear(handle);
    OffsetDateTime until = OffsetDateTime.ofInstant(expires, ZoneOffset.UTC);
    return switch (state(handle, challenge, until)) {
      case FREE -> insert(handle, challenge, until) ? Use.USED : Use.REFUSED;
      case OVER -> Use.REFUSED;
      case NO_ROOM -> Use.FULL;
    };
  }

  private enum State {
    FREE,
    OVER,
    NO_ROOM
  }

  /** Many at once may pass the bound by as many as there are connections. */
  private State state(Handle handle, String challenge, OffsetDateTime expires) {
    return handle
        .createQuery(
            """
            select case
              when :expires <= now() or exists (
                select from credentials.used_challenge where challenge = :challenge)
                then 'OVER'
              when (select max(place) from credentials.used_challenge)
                - (select min(place) from credentials.used_challenge) + 1 >= :max
                then 'NO_ROOM'
              else 'FREE'
            end
            """)
        .bind("challenge", challenge)
        .bind("expires", expires)
        .bind("max", maxUsed)
        .mapTo(State.class)
        .one();
  }

  private static boolean insert(Handle handle, String challenge, OffsetDateTime expires) {
    return handle
            .createUpdate(
                """
                insert into credentials.used_challenge (challenge, expires)
                values (:challenge, :expires) on conflict do nothing
                """)
            .bind("challenge", challenge)
            .bind("expires", expires)
            .execute()
        == 1;
  }

  private static void clear(Handle handle) {
    handle
        .createUpdate(
            """
            delete from credentials.used_challenge where challenge in (
              select challenge from credentials.used_challenge where expires <= now() - make_interval(secs => :longer)
              order by expires limit :most for update skip locked)
            """)
        .bind("longer", LONGEST_USE.toSeconds())
        .bind("most", CLEARED_AT_ONCE)
        .execute();
  }
}
