package org.earnest.reputation.reading;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.postgres.Database;

/** What is known of files, as they were last seen. */
public final class FileQueries {
  private final Database database;
  private final Caip2ChainId chain;

  public FileQueries(Database database, Caip2ChainId chain) {
    this.database = database;
    this.chain = chain;
  }

  /** The registration file there; empty where no event that is indexed named the URI. */
  public Optional<Card> card(String uri) {
    return database.call(handle -> RegistrationRows.find(handle, chain, uri));
  }

  /**
   * The file of one feedback.
   *
   * @return empty where there is no such feedback; an empty {@code file} where it names none, or
   *     was not seen yet
   */
  public Optional<Given> note(BigInteger agentId, EvmAddress client, long index) {
    return database.call(
        handle ->
            NoteRows.uri(handle, chain, agentId, client, index)
                .map(uri -> new Given(uri, NoteRows.find(handle, chain, agentId, client, index))));
  }

  /**
   * A feedback's file.
   *
   * @param uri as the feedback gave it; empty text for none
   */
  public record Given(String uri, Optional<Note> file) {}
}
