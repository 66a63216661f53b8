package org.earnest.credentials.edge;

import java.net.URI;
import org.earnest.credentials.fetch.DocumentSource;
import org.earnest.kit.fetch.FetchOutcome;
import org.earnest.kit.fetch.GuardedFetcher;

/** Documents by the guarded fetcher: public https alone, bounded in bytes, time and redirects. */
public final class GuardedDocuments implements DocumentSource {
  private static final int OK = 200;
  private static final int FIRST_SERVER_ERROR = 500;

  private final GuardedFetcher fetcher;

  public GuardedDocuments(GuardedFetcher fetcher) {
    this.fetcher = fetcher;
  }

  @Override
  public Answer get(URI uri, String accept) {
    return switch (fetcher.get(uri, accept)) {
      case FetchOutcome.Fetched fetched -> received(fetched);
      case FetchOutcome.Refused refused -> new Answer.Refused(refused.detail());
      case FetchOutcome.Failed failed -> new Answer.Unavailable(failed.detail());
    };
  }

  private static Answer received(FetchOutcome.Fetched fetched) {
    if (fetched.status() == OK) {
      return new Answer.Received(fetched.body().text());
    }
    String detail = "The host answered with status " + fetched.status() + ".";
    return fetched.status() >= FIRST_SERVER_ERROR
        ? new Answer.Unavailable(detail)
        : new Answer.Refused(detail);
  }
}
