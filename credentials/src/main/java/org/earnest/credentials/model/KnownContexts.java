package org.earnest.credentials.model;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The JSON-LD contexts whose meaning is known here, each pinned by its bytes. None is ever fetched;
 * a credential with another is refused, because nobody could say what its terms mean.
 */
public final class KnownContexts {
  /** The base context, first in every credential (VC Data Model 2.0 §4.3). */
  public static final String CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2";

  /** The base context of VC Data Model 1.1, whose credentials are read where it is known. */
  public static final String CREDENTIALS_V1 = "https://www.w3.org/2018/credentials/v1";

  private final Map<String, String> documents;
  private final boolean inline;

  private KnownContexts(Map<String, String> documents, boolean inline) {
    this.documents = Map.copyOf(documents);
    this.inline = inline;
  }

  /** The base context alone. */
  public static KnownContexts base() {
    return new KnownContexts(Map.of(), false).and(ShippedContext.CREDENTIALS_V2);
  }

  /** Every context that is shipped. */
  public static KnownContexts shipped() {
    KnownContexts all = base();
    for (ShippedContext context : ShippedContext.values()) {
      all = all.and(context);
    }
    return all;
  }

  /** These and one that is shipped. */
  public KnownContexts and(ShippedContext context) {
    return and(context.url(), context.document(), context.sha256());
  }

  /**
   * These and one more, which the caller has read and trusts.
   *
   * @param document JSON-LD in UTF-8
   * @param sha256 of the document, in hexadecimal
   * @throws IllegalArgumentException when the document has another hash, or the URL means another
   *     document already
   */
  public KnownContexts and(String url, byte[] document, String sha256) {
    if (!HexFormat.of().formatHex(Sha256.of(document)).equals(sha256)) {
      throw new IllegalArgumentException("the context " + url + " is not the one that is pinned");
    }
    String text = new String(document, StandardCharsets.UTF_8);
    Map<String, String> more = new LinkedHashMap<>(documents);
    String before = more.put(url, text);
    if (before != null && !before.equals(text)) {
      throw new IllegalArgumentException("the context " + url + " is pinned to another document");
    }
    return new KnownContexts(more, inline);
  }

  /** These and those. */
  public KnownContexts and(KnownContexts others) {
    Map<String, String> more = new LinkedHashMap<>(documents);
    more.putAll(others.documents);
    return new KnownContexts(more, inline || others.inline);
  }

  /**
   * These, and whatever a credential defines in place. The issuer then decides what its own terms
   * mean; protected terms keep their meaning.
   */
  public KnownContexts andInline() {
    return new KnownContexts(documents, true);
  }

  public Set<String> urls() {
    return documents.keySet();
  }

  public boolean allowsInline() {
    return inline;
  }

  /** The text of each, by its URL. */
  public Map<String, String> documents() {
    return documents;
  }
}
