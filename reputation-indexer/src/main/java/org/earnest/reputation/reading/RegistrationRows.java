package org.earnest.reputation.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;
import org.earnest.kit.json.StrictJson;
import org.earnest.kit.postgres.Columns;
import org.earnest.reputation.file.RegistrationFile;
import org.jdbi.v3.core.Handle;

/** Agents' registration files as they were last seen. */
final class RegistrationRows {
  private static final String SAVE =
      "update reputation_file.registration_file set state = :state, code = :code,"
          + " detail = :detail,"
          // What cannot be had now was read before.
          + " content_hash = case when :kept then content_hash else :hash end,"
          + " document = case when :kept then document else cast(:document as jsonb) end,"
          + " capabilities = case when :kept then capabilities else :capabilities end,"
          + " read_at = case when :state = 'read' then :now when :kept then read_at end,"
          + " looked_at = :now, attempts = :attempts, next_look_at = :next"
          + " where chain = :chain and uri_digest = sha256(convert_to(:uri, 'UTF8'))";

  /**
   * Whom a file names that says something else than it did; in an order, so that none wait
   * mutually.
   */
  private static final String MARK =
      "with held as (select document from reputation_file.registration_file"
          + " where chain = :chain and uri_digest = sha256(convert_to(:uri, 'UTF8')) for update)"
          + " insert into reputation_file.agent_word_due (chain, agent_id)"
          + " select distinct :chain, cast(substring(id from ':([0-9]{1,78})$') as numeric) as agent"
          + " from held cross join lateral"
          + " jsonb_array_elements_text(cast(:document as jsonb) -> 'registrations') named (id)"
          + " where held.document is distinct from cast(:document as jsonb)"
          + " and id ~ ':[0-9]{1,78}$' and starts_with(id, :chain || ':')"
          + " order by agent on conflict do nothing";

  private RegistrationRows() {}

  /** A file to be looked at, and how often that was done. */
  record Due(String uri, String host, int attempts) implements DueFiles.Due {}

  static DueFiles<Due> due(Caip2ChainId chain) {
    return new DueFiles<>(
        "registration_file",
        "uri, attempts",
        chain,
        (row, context) ->
            new Due(row.getString("uri"), row.getString("host"), row.getInt("attempts")));
  }

  /**
   * What a look showed, inside a transaction; the words that lead to its agents are written later.
   *
   * @param next when to look again; empty for never
   */
  static void save(
      Handle handle, Caip2ChainId chain, Due due, Card seen, Instant now, Optional<Instant> next) {
    Optional<String> document = seen.file().map(RegistrationRows::json);
    document.ifPresent(json -> mark(handle, chain, due, json));
    handle
        .createUpdate(SAVE)
        .bind("chain", chain.toString())
        .bind("uri", due.uri())
        .bind("state", seen.state().word())
        .bind("code", seen.code().orElse(null))
        .bind("kept", seen.state() == FileState.UNAVAILABLE)
        .bind("detail", seen.detail().orElse(null))
        .bind("hash", seen.contentHash().map(Hash32::hex).orElse(null))
        .bind("document", document.orElse(null))
        .bindArray(
            "capabilities",
            String.class,
            seen.file().map(RegistrationFile::capabilities).orElse(Set.of()))
        .bind("now", Columns.at(now))
        .bind("attempts", due.attempts() + 1)
        .bind("next", next.map(Columns::at).orElse(null))
        .execute();
  }

  private static void mark(Handle handle, Caip2ChainId chain, Due due, String document) {
    handle
        .createUpdate(MARK)
        .bind("chain", chain.toString())
        .bind("uri", due.uri())
        .bind("document", document)
        .execute();
  }

  static Optional<Card> find(Handle handle, Caip2ChainId chain, String uri) {
    return handle
        .createQuery(
            "select * from reputation_file.registration_file"
                + " where chain = :chain and uri_digest = sha256(convert_to(:uri, 'UTF8'))")
        .bind("chain", chain.toString())
        .bind("uri", uri)
        .map((row, context) -> card(row))
        .findOne();
  }

  private static Card card(ResultSet row) throws SQLException {
    return new Card(
        FileState.of(row.getString("state")),
        Columns.text(row, "code"),
        Columns.text(row, "detail"),
        Columns.text(row, "content_hash").map(Hash32::new),
        Columns.text(row, "document")
            .map(json -> StrictJson.read(bytes(json), RegistrationFile.class)),
        Columns.instant(row, "read_at"),
        Columns.instant(row, "looked_at"));
  }

  private static String json(RegistrationFile file) {
    return new String(StrictJson.write(file), UTF_8);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(UTF_8);
  }
}
