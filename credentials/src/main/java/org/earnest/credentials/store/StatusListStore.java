package org.earnest.credentials.store;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.earnest.credentials.status.StatusPurpose;
import org.earnest.credentials.status.Statuses;
import org.earnest.credentials.status.Statuses.Order;
import org.earnest.credentials.status.TokenValue;
import org.earnest.kit.postgres.Database;
import org.jdbi.v3.core.Handle;

/** An issuer's status lists. Places are given at random, so that none tells who came after whom. */
public final class StatusListStore {
  public static final String SCHEMA = "credentials";

  /** Of a list. */
  public static final int ENTRIES = 131_072;

  private final Database database;
  private final SecureRandom random = new SecureRandom();

  private StatusListStore(Database database) {
    this.database = database;
  }

  /** Brings the schema up to date. */
  public static StatusListStore open(Database database) {
    database.migrate(SCHEMA);
    return new StatusListStore(database);
  }

  /**
   * Gives a place that nobody had before.
   *
   * @param credentialId the credential's {@code id}, where it has one
   */
  public StatusSlot allocate(StatusSeries series, Optional<String> credentialId) {
    return database.transaction(
        handle -> {
          UUID list = openList(handle, series).orElseGet(() -> begin(handle, series));
          int index = take(handle, list, series, credentialId);
          handle
              .createUpdate("update credentials.status_list set taken = taken + 1 where id = :id")
              .bind("id", list)
              .execute();
          return new StatusSlot(list, index);
        });
  }

  /**
   * Sets the status at these places, at all of them or at none.
   *
   * @return {@code UNKNOWN} for no place, too
   */
  public StatusChange change(List<StatusSlot> slots, StatusWish wish) {
    return database.transaction(handle -> change(handle, slots, wish));
  }

  /**
   * All places that an issuer gave to credentials of this id for a purpose: nothing keeps two
   * credentials from having one id, and to miss one would leave it good. A token's place is for
   * suspension, too, where it has room for it.
   *
   * @return in the order in which every change locks them
   */
  public List<StatusSlot> find(String issuer, String credentialId, StatusPurpose purpose) {
    return database.call(
        handle ->
            handle
                .createQuery(
                    """
                    select e.list, e.index from credentials.status_entry e
                    join credentials.status_list l on l.id = e.list
                    where l.issuer = :issuer and e.credential_id = :id and (e.purpose = :purpose
                      or l.form = 'token' and l.bits > 1 and :purpose = 'suspension')
                    order by e.list, e.index
                    """)
                .bind("issuer", issuer)
                .bind("id", credentialId)
                .bind("purpose", purpose.text())
                .map((row, context) -> slot(row))
                .list());
  }

  /**
   * Whether a place was given out in a list of this form, for this purpose and to a credential of
   * this id, as far as they are named. None of that ever changes.
   */
  public boolean isGiven(
      StatusSlot slot,
      StatusSeries.Form form,
      Optional<StatusPurpose> purpose,
      Optional<String> credentialId) {
    return database.call(
        handle ->
            handle
                .createQuery(
                    """
                    select exists (select 1 from credentials.status_entry e
                      join credentials.status_list l on l.id = e.list
                      where e.list = :list and e.index = :index and l.form = :form
                        and e.purpose = coalesce(cast(:purpose as text), e.purpose)
                        and (cast(:id as text) is null or e.credential_id = :id))
                    """)
                .bind("list", slot.list())
                .bind("index", slot.index())
                .bind("form", form.text())
                .bind("purpose", purpose.map(StatusPurpose::text).orElse(null))
                .bind("id", credentialId.orElse(null))
                .mapTo(Boolean.class)
                .one());
  }

  /** Whose lists there are. */
  public List<String> issuers() {
    return database.call(
        handle ->
            handle
                .createQuery("select distinct issuer from credentials.status_list order by issuer")
                .mapTo(String.class)
                .list());
  }

  public Optional<StoredList> list(UUID id) {
    return database.call(
        handle ->
            handle
                .createQuery(
                    """
                    select l.*, p.version as shown, p.document, p.signed_at, p.anchored
                    from credentials.status_list l
                    left join credentials.status_publication p on p.list = l.id where l.id = :id
                    """)
                .bind("id", id)
                .map((row, context) -> stored(row))
                .findOne());
  }

  /** What a list says now; a change of it comes with a higher version. */
  public Statuses values(StoredList list) {
    Order order =
        list.series().form() == StatusSeries.Form.BITSTRING ? Order.LEFT_FIRST : Order.RIGHT_FIRST;
    Statuses statuses = Statuses.zeros(order, list.series().bits(), list.entries());
    database
        .call(
            handle ->
                handle
                    .createQuery(
                        """
                        select index, value from credentials.status_entry
                        where list = :id and value <> 0
                        """)
                    .bind("id", list.id())
                    .map((row, context) -> List.of(row.getInt("index"), row.getInt("value")))
                    .list())
        .forEach(entry -> statuses.set(entry.getFirst(), entry.getLast()));
    return statuses;
  }

  /**
   * Keeps a signed list, unless a newer one is kept.
   *
   * @param renewed whether it says the same as the one before, so that it is anchored with it
   */
  public void publish(UUID list, long version, String document, Instant signedAt, boolean renewed) {
    database.run(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into credentials.status_publication (list, version, document, signed_at)
                    values (:list, :version, :document, :signedAt)
                    on conflict (list) do update set version = excluded.version,
                      document = excluded.document, signed_at = excluded.signed_at,
                      anchored = status_publication.anchored and :renewed
                        and status_publication.version = excluded.version
                    where status_publication.version <= excluded.version
                    """)
                .bind("list", list)
                .bind("version", version)
                .bind("document", document)
                .bind("signedAt", OffsetDateTime.ofInstant(signedAt, ZoneOffset.UTC))
                .bind("renewed", renewed)
                .execute());
  }

  /** Remembers that this very document is on its way to the chain. */
  public void anchored(UUID list, String document) {
    database.run(
        handle ->
            handle
                .createUpdate(
                    """
                    update credentials.status_publication set anchored = true
                    where list = :list and document = :document
                    """)
                .bind("list", list)
                .bind("document", document)
                .execute());
  }

  private static Optional<UUID> openList(Handle handle, StatusSeries series) {
    return handle
        .createQuery(
            """
            select id from credentials.status_list
            where issuer = :issuer and form = :form and purpose = :purpose and bits = :bits
              and taken < entries / 2
            order by created_at limit 1 for update
            """)
        .bind("issuer", series.issuer())
        .bind("form", series.form().text())
        .bind("purpose", series.purpose().text())
        .bind("bits", series.bits())
        .mapTo(UUID.class)
        .findOne();
  }

  private static UUID begin(Handle handle, StatusSeries series) {
    UUID id = UUID.randomUUID();
    handle
        .createUpdate(
            """
            insert into credentials.status_list (id, issuer, form, purpose, bits, entries)
            values (:id, :issuer, :form, :purpose, :bits, :entries)
            """)
        .bind("id", id)
        .bind("issuer", series.issuer())
        .bind("form", series.form().text())
        .bind("purpose", series.purpose().text())
        .bind("bits", series.bits())
        .bind("entries", ENTRIES)
        .execute();
    return id;
  }

  /** At most half of a list is taken, so that this ends soon. */
  private int take(Handle handle, UUID list, StatusSeries series, Optional<String> credentialId) {
    while (true) {
      int index = random.nextInt(ENTRIES);
      int taken =
          handle
              .createUpdate(
                  """
                  insert into credentials.status_entry (list, index, credential_id, purpose)
                  values (:list, :index, :credential, :purpose) on conflict do nothing
                  """)
              .bind("list", list)
              .bind("index", index)
              .bind("credential", credentialId.orElse(null))
              .bind("purpose", series.purpose().text())
              .execute();
      if (taken == 1) {
        return index;
      }
    }
  }

  private record Held(StatusSeries.Form form, StatusPurpose purpose, int value, int bits) {}

  private static StatusChange change(Handle handle, List<StatusSlot> slots, StatusWish wish) {
    Map<StatusSlot, Integer> others = new LinkedHashMap<>();
    for (StatusSlot slot : slots) {
      Optional<Held> held = held(handle, slot);
      if (held.isEmpty()) {
        return StatusChange.UNKNOWN;
      }
      int value = wish.in(held.get().form, held.get().value);
      StatusChange judged = judge(held.get(), value);
      if (judged != StatusChange.DONE) {
        return judged;
      }
      if (held.get().value != value) {
        others.put(slot, value);
      }
    }
    others.forEach((slot, value) -> set(handle, slot, value));
    return slots.isEmpty() ? StatusChange.UNKNOWN : StatusChange.DONE;
  }

  private static StatusChange judge(Held held, int value) {
    boolean token = held.form == StatusSeries.Form.TOKEN;
    boolean room = value >= 0 && value < 1 << held.bits;
    if (!room || (token && TokenValue.of(value).isEmpty())) {
      return StatusChange.OUT_OF_RANGE;
    }
    boolean revoked =
        held.purpose == StatusPurpose.REVOCATION
            && (token ? held.value == TokenValue.INVALID.number() : held.value != 0);
    return revoked && held.value != value ? StatusChange.IRREVERSIBLE : StatusChange.DONE;
  }

  /** Locks the list, so that no version shows half of a change. */
  private static Optional<Held> held(Handle handle, StatusSlot slot) {
    return handle
        .createQuery(
            """
            select l.form, e.purpose, e.value, l.bits from credentials.status_list l
            join credentials.status_entry e on e.list = l.id
            where l.id = :list and e.index = :index for update
            """)
        .bind("list", slot.list())
        .bind("index", slot.index())
        .map(
            (row, context) ->
                new Held(
                    StatusSeries.Form.of(row.getString("form")),
                    StatusPurpose.of(row.getString("purpose")).orElseThrow(),
                    row.getInt("value"),
                    row.getInt("bits")))
        .findOne();
  }

  private static void set(Handle handle, StatusSlot slot, int value) {
    handle
        .createUpdate(
            """
            update credentials.status_entry set value = :value, changed_at = now()
            where list = :list and index = :index
            """)
        .bind("value", value)
        .bind("list", slot.list())
        .bind("index", slot.index())
        .execute();
    handle
        .createUpdate("update credentials.status_list set version = version + 1 where id = :id")
        .bind("id", slot.list())
        .execute();
  }

  private static StatusSlot slot(ResultSet row) throws SQLException {
    return new StatusSlot(row.getObject("list", UUID.class), row.getInt("index"));
  }

  private static StoredList stored(ResultSet row) throws SQLException {
    StatusSeries series =
        new StatusSeries(
            row.getString("issuer"),
            StatusSeries.Form.of(row.getString("form")),
            StatusPurpose.of(row.getString("purpose")).orElseThrow(),
            row.getInt("bits"));
    return new StoredList(
        row.getObject("id", UUID.class),
        series,
        row.getInt("entries"),
        row.getLong("version"),
        published(row));
  }

  private static Optional<StoredList.Published> published(ResultSet row) throws SQLException {
    String document = row.getString("document");
    if (document == null) {
      return Optional.empty();
    }
    return Optional.of(
        new StoredList.Published(
            row.getLong("shown"),
            document,
            row.getObject("signed_at", OffsetDateTime.class).toInstant(),
            row.getBoolean("anchored")));
  }
}
