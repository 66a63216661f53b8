package org.earnest.credentials.model;

import java.util.HashSet;
import java.util.Set;

/**
 * The JSON-LD contexts whose meaning is known here. None is ever fetched; a credential with another
 * is refused, because nobody could say what its terms mean.
 */
public record KnownContexts(Set<String> urls) {
  /** The base context, first in every credential (VC Data Model 2.0 §4.3). */
  public static final String CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2";

  public KnownContexts {
    urls = Set.copyOf(urls);
  }

  /** The base context alone. */
  public static KnownContexts base() {
    return new KnownContexts(Set.of(CREDENTIALS_V2));
  }

  /** These and one more, which the caller has read and trusts. */
  public KnownContexts and(String url) {
    Set<String> more = new HashSet<>(urls);
    more.add(url);
    return new KnownContexts(more);
  }
}
