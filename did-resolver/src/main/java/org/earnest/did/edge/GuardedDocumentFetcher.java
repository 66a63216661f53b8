package org.earnest.did.edge;

import java.net.URI;
import org.earnest.did.fetch.DocumentFetcher;
import org.earnest.kit.fetch.FetchOutcome;
import org.earnest.kit.fetch.GuardedFetcher;

/** Documents by the guarded fetcher: public https alone, bounded in bytes, time and redirects. */
public final class GuardedDocumentFetcher implements DocumentFetcher {
  private final GuardedFetcher fetcher;

  public GuardedDocumentFetcher(GuardedFetcher fetcher) {
    this.fetcher = fetcher;
  }

  @Override
  public Answer get(URI uri, String accept) {
    return switch (fetcher.get(uri, accept)) {
      case FetchOutcome.Fetched fetched ->
          new Answer.Received(fetched.status(), fetched.contentType(), fetched.body().text());
      case FetchOutcome.Refused refused -> refused(refused);
      case FetchOutcome.Failed failed -> new Answer.Unavailable(failed.detail());
    };
  }

  private static Answer refused(FetchOutcome.Refused refused) {
    return switch (refused.refusal()) {
      case BODY_TOO_LARGE, ENCODED_BODY -> new Answer.Unreadable(refused.detail());
      case URL_MALFORMED, NOT_HTTPS, CREDENTIALS_IN_URL, ADDRESS_NOT_PUBLIC, TOO_MANY_REDIRECTS ->
          new Answer.Forbidden(refused.detail());
    };
  }
}
