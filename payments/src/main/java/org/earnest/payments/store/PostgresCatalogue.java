package org.earnest.payments.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.postgres.Database;
import org.earnest.payments.facilitator.Catalogue;
import org.earnest.payments.facilitator.Listing;
import org.earnest.payments.wire.WireJson;

/** What was sold, in {@code payments.resource}. */
public final class PostgresCatalogue implements Catalogue {
  /** Entries kept; what was not sold for longest is forgotten. */
  static final int MOST = 10_000;

  private static final String ONCE =
      "update payments.settlement set listed = true where id = :settlement and not listed";

  private static final String SOLD =
      """
      insert into payments.resource (resource, pay_to, type, json, words, sold_at)
      values (:resource, :payTo, :type, :json, :words, :soldAt)
      on conflict (resource, pay_to) do update
      set type = excluded.type, json = excluded.json, words = excluded.words,
          sold_at = excluded.sold_at
      """;

  private static final String FORGET =
      """
      delete from payments.resource
      where sold_at < (select sold_at from payments.resource order by sold_at desc offset :most limit 1)
      """;

  private static final String LIST =
      """
      select resource, pay_to, type, json, sold_at, count(*) over () as total
      from payments.resource
      where (cast(:type as text) is null or type = :type)
        and not exists (select 1 from unnest(:words) as word where position(word in words) = 0)
      order by sold_at desc, resource, pay_to limit :limit offset :offset
      """;

  private final Database database;

  /**
   * On a database that has the module's schema.
   *
   * @param database migrated to schema {@code payments}
   */
  public PostgresCatalogue(Database database) {
    this.database = database;
  }

  @Override
  public void sold(Hash32 settlement, Listing listing) {
    database.run(
        handle -> {
          if (handle.createUpdate(ONCE).bind("settlement", settlement.hex()).execute() == 0) {
            return;
          }
          handle
              .createUpdate(SOLD)
              .bind("resource", listing.resource())
              .bind("payTo", listing.payTo())
              .bind("type", listing.type())
              .bind("json", listing.json().toString())
              .bind("words", words(listing))
              .bind("soldAt", listing.at().atOffset(ZoneOffset.UTC))
              .execute();
          handle.createUpdate(FORGET).bind("most", MOST).execute();
        });
  }

  private static String words(Listing listing) {
    String description = listing.json().path("description").asString("");
    String name = listing.json().path("serviceName").asString("");
    return (listing.resource() + ' ' + description + ' ' + name)
        .replaceAll("\\p{Cntrl}", " ")
        .toLowerCase(Locale.ROOT);
  }

  @Override
  public Page list(Optional<String> type, List<String> words, int limit, int offset) {
    record Row(Listing listing, long total) {}
    List<Row> rows =
        database.call(
            handle ->
                handle
                    .createQuery(LIST)
                    .bind("type", type)
                    .bindArray("words", String.class, words)
                    .bind("limit", limit)
                    .bind("offset", offset)
                    .map((row, context) -> new Row(listing(row), row.getLong("total")))
                    .list());
    return new Page(
        rows.stream().map(Row::listing).toList(), rows.isEmpty() ? 0 : rows.getFirst().total());
  }

  private static Listing listing(ResultSet row) throws SQLException {
    return new Listing(
        row.getString("resource"),
        row.getString("type"),
        row.getString("pay_to"),
        WireJson.read(row.getBytes("json")),
        row.getObject("sold_at", OffsetDateTime.class).toInstant());
  }
}
