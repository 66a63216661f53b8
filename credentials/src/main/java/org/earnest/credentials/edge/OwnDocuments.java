package org.earnest.credentials.edge;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.earnest.credentials.agent.AgentSchemas;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.kit.fetch.FetchPolicy;
import org.earnest.kit.fetch.GuardedFetcher;

/**
 * Documents as {@link GuardedDocuments} has them, and a house's own status lists and schemas, which
 * may be on no public internet. Nothing else of the house is asked for: a stranger's credential
 * would have it call itself, with what that costs or tells.
 */
public final class OwnDocuments implements DocumentSource, AutoCloseable {
  private static final List<String> FOLDERS = List.of(StatusListService.PATH, AgentSchemas.PATH);

  /** No dots only, nothing encoded, no further folder and no query. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-][A-Za-z0-9._-]*");

  private final String origin;
  private final GuardedFetcher others;
  private final GuardedFetcher own;

  /**
   * For a house.
   *
   * @param origin where it is reached, such as {@code http://127.0.0.1:8402}
   */
  public OwnDocuments(URI origin) {
    this.origin = origin.toString();
    this.others = new GuardedFetcher(FetchPolicy.STRICT);
    this.own = new GuardedFetcher(FetchPolicy.STRICT.allowing(Set.of(this.origin)));
  }

  @Override
  public Answer get(URI uri, String accept) {
    return new GuardedDocuments(isOwn(uri) ? own : others).get(uri, accept);
  }

  private boolean isOwn(URI uri) {
    String text = uri.toString();
    return FOLDERS.stream()
        .map(origin::concat)
        .anyMatch(
            folder ->
                text.startsWith(folder) && NAME.matcher(text.substring(folder.length())).matches());
  }

  @Override
  public void close() throws IOException {
    try (others) {
      own.close();
    }
  }
}
