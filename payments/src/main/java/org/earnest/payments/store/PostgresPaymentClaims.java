package org.earnest.payments.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.postgres.Database;
import org.earnest.payments.server.Answer;
import org.earnest.payments.server.Claim;
import org.earnest.payments.server.PaymentClaims;
import org.earnest.payments.wire.SettleResponse;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Claims in {@code payments.claim}; leases run by the database's clock. */
public final class PostgresPaymentClaims implements PaymentClaims {
  private static final String FIND =
      """
      select *, concluded_at < now() - make_interval(secs => :window) as forgotten
      from payments.claim where id = :id
      """;

  private static final String OPEN =
      """
      insert into payments.claim as c
        (id, fingerprint, binding, state, attempt, leased_until)
      values (:id, :fingerprint, :binding, 'running', :attempt,
              now() + make_interval(secs => :lease))
      on conflict (id) do update
        set attempt = excluded.attempt, leased_until = excluded.leased_until
        where (c.state = 'running' or c.state = 'answered' and c.answer_body is not null)
          and c.leased_until < now()
          and c.fingerprint = excluded.fingerprint and c.binding = excluded.binding
      returning *, false as forgotten
      """;

  private static final String ANSWERED =
      """
      update payments.claim
      set state = 'answered', answer_status = :status, answer_type = :type, answer_body = :body,
          answer_charge = :charge,
          leased_until = now() + make_interval(secs => :lease)
      where id = :id and attempt = :attempt and state = 'running'
      """;

  private static final String PAID =
      """
      update payments.claim
      set state = 'paid', settlement = :settlement, concluded_at = now()
      where id = :id and state = 'answered'
      """;

  private static final String REFUSED =
      """
      update payments.claim
      set state = 'refused', settlement = :settlement, concluded_at = now()
      where id = :id and attempt = :attempt and state = 'answered'
      """;

  private static final String REOPEN =
      """
      update payments.claim
      set state = 'answered', settlement = null, concluded_at = null, leased_until = '-infinity'
      where id = :id and state in ('paid', 'refused') and answer_body is not null
      """;

  private static final String PAUSE =
      """
      update payments.claim set leased_until = '-infinity'
      where id = :id and attempt = :attempt and state in ('running', 'answered')
      """;

  private static final String RELEASE =
      "delete from payments.claim where id = :id and attempt = :attempt and state = 'running'";

  /** Each new claim drops a few answers whose time is over, so that none piles up. */
  private static final String FORGET =
      """
      update payments.claim set answer_body = null
      where id in (
        select id from payments.claim
        where answer_body is not null and concluded_at < now() - make_interval(secs => :window)
        order by concluded_at limit 10 for update skip locked)
      """;

  /** The same for answers that were never known to be paid; nobody holds them. */
  private static final String ABANDON =
      """
      update payments.claim set answer_body = null
      where id in (
        select id from payments.claim
        where state = 'answered' and answer_body is not null and leased_until < now()
          and claimed_at < now() - make_interval(secs => :window)
        order by claimed_at limit 10 for update skip locked)
      """;

  private static final String NAMED =
      "select claim from payments.claim_name where identifier = :identifier";

  private static final String LOCK_NAME =
      "select pg_advisory_xact_lock(hashtextextended(:identifier, 0))";

  private static final String NAME =
      """
      insert into payments.claim_name (identifier, claim) values (:identifier, :id)
      on conflict do nothing
      """;

  private final Database database;

  /**
   * On a database that has the module's schema.
   *
   * @param database migrated to schema {@code payments}
   */
  public PostgresPaymentClaims(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Claim> find(Hash32 id) {
    return database.call(handle -> find(handle, id));
  }

  @Override
  public Optional<Hash32> named(Hash32 identifier) {
    return database.call(handle -> named(handle, identifier));
  }

  private static Optional<Hash32> named(Handle handle, Hash32 identifier) {
    return handle
        .createQuery(NAMED)
        .bind("identifier", identifier.hex())
        .map((row, context) -> new Hash32(row.getString("claim")))
        .findOne();
  }

  /** One payment at a time asks for a name, so that of two new ones the second sees the first. */
  private static boolean isMisnamed(Handle handle, Hash32 id, Hash32 identifier) {
    handle.createQuery(LOCK_NAME).bind("identifier", identifier.hex()).mapToMap().list();
    return named(handle, identifier).filter(claim -> !claim.equals(id)).isPresent();
  }

  @Override
  public Opening open(
      Hash32 id, Hash32 fingerprint, Hash32 binding, Optional<Hash32> identifier, Duration lease) {
    UUID attempt = UUID.randomUUID();
    // The claim that stood in the way may be released before it is read: then it is free.
    while (true) {
      Optional<Opening> opening =
          database.<Optional<Opening>, RuntimeException>transaction(
              handle -> {
                if (identifier.isPresent() && isMisnamed(handle, id, identifier.get())) {
                  return Optional.of(new Opening.Misnamed());
                }
                Optional<Opening> mine =
                    handle
                        .createQuery(OPEN)
                        .bind("id", id.hex())
                        .bind("fingerprint", fingerprint.hex())
                        .bind("binding", binding.hex())
                        .bind("attempt", attempt)
                        .bind("lease", lease.toSeconds())
                        .<Opening>map((row, context) -> new Opening.Mine(attempt, answer(row)))
                        .findOne();
                if (mine.isPresent()) {
                  identifier.ifPresent(
                      name ->
                          handle
                              .createUpdate(NAME)
                              .bind("identifier", name.hex())
                              .bind("id", id.hex())
                              .execute());
                  handle.createUpdate(FORGET).bind("window", REPLAY_WINDOW.toSeconds()).execute();
                  handle.createUpdate(ABANDON).bind("window", UNPAID_WINDOW.toSeconds()).execute();
                  return mine;
                }
                return find(handle, id).map(Opening.Taken::new);
              });
      if (opening.isPresent()) {
        return opening.get();
      }
    }
  }

  @Override
  public boolean answered(Hash32 id, UUID attempt, Answer answer, Duration lease) {
    return database.transaction(
            handle ->
                handle
                    .createUpdate(ANSWERED)
                    .bind("id", id.hex())
                    .bind("attempt", attempt)
                    .bind("status", answer.status())
                    .bind("type", answer.contentType())
                    .bind("body", answer.body())
                    .bind("charge", answer.charge().map(BigDecimal::new).orElse(null))
                    .bind("lease", lease.toSeconds())
                    .execute())
        > 0;
  }

  @Override
  public void paid(Hash32 id, SettleResponse settlement) {
    database.run(
        handle ->
            handle
                .createUpdate(PAID)
                .bind("id", id.hex())
                .bind("settlement", SettlementText.of(settlement))
                .execute());
  }

  @Override
  public void refused(Hash32 id, UUID attempt, SettleResponse settlement) {
    database.run(
        handle ->
            handle
                .createUpdate(REFUSED)
                .bind("id", id.hex())
                .bind("attempt", attempt)
                .bind("settlement", SettlementText.of(settlement))
                .execute());
  }

  @Override
  public boolean reopen(Hash32 id) {
    return database.transaction(
            handle -> handle.createUpdate(REOPEN).bind("id", id.hex()).execute())
        > 0;
  }

  @Override
  public void pause(Hash32 id, UUID attempt) {
    held(PAUSE, id, attempt);
  }

  @Override
  public void release(Hash32 id, UUID attempt) {
    held(RELEASE, id, attempt);
  }

  private void held(String statement, Hash32 id, UUID attempt) {
    database.run(
        handle ->
            handle.createUpdate(statement).bind("id", id.hex()).bind("attempt", attempt).execute());
  }

  private static Optional<Claim> find(Handle handle, Hash32 id) {
    return handle
        .createQuery(FIND)
        .bind("id", id.hex())
        .bind("window", REPLAY_WINDOW.toSeconds())
        .map(PostgresPaymentClaims::claim)
        .findOne();
  }

  private static Claim claim(ResultSet row, StatementContext context) throws SQLException {
    return new Claim(
        new Hash32(row.getString("id")),
        new Hash32(row.getString("fingerprint")),
        new Hash32(row.getString("binding")),
        state(row));
  }

  private static Claim.State state(ResultSet row) throws SQLException {
    return switch (row.getString("state")) {
      case "running" -> new Claim.State.Running();
      case "answered" ->
          row.getBytes("answer_body") == null
              ? new Claim.State.Abandoned()
              : new Claim.State.Answered();
      case "paid" ->
          new Claim.State.Paid(
              row.getBoolean("forgotten") ? Optional.empty() : answer(row),
              SettlementText.parse(row.getString("settlement")));
      case "refused" -> new Claim.State.Refused(SettlementText.parse(row.getString("settlement")));
      default -> throw new IllegalStateException("a claim in an unknown state");
    };
  }

  private static Optional<Answer> answer(ResultSet row) throws SQLException {
    byte[] body = row.getBytes("answer_body");
    return body == null
        ? Optional.empty()
        : Optional.of(
            new Answer(
                row.getInt("answer_status"),
                Optional.ofNullable(row.getString("answer_type")),
                body,
                Optional.ofNullable(row.getBigDecimal("answer_charge"))
                    .map(BigDecimal::toBigIntegerExact)));
  }
}
