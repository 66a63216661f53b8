package org.earnest.testkit.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that somebody else forges through us: where they point to, and what must be said. None
 * of them may reach a server.
 *
 * @param urls refused before or when their host is looked up
 * @param names of hosts that are found at addresses which are not public
 * @param redirects that a public host answers with
 * @param places of did:web and did:webvh, without the method's name
 */
public record SsrfVectors(
    List<Url> urls, List<Name> names, List<Redirect> redirects, List<String> places) {
  public SsrfVectors {
    urls = List.copyOf(urls);
    names = List.copyOf(names);
    redirects = List.copyOf(redirects);
    places = List.copyOf(places);
  }

  /**
   * A URL.
   *
   * @param refusal the fetcher's name of why
   */
  public record Url(String name, String url, String refusal) {
    @Override
    public String toString() {
      return name + ": " + url;
    }
  }

  /** A host. */
  public record Name(String name, String host, List<String> addresses) {
    @Override
    public String toString() {
      return name + ": " + host;
    }
  }

  /** A redirect. */
  public record Redirect(String name, String location, String refusal) {
    @Override
    public String toString() {
      return name + ": " + location;
    }
  }

  /** All of them. */
  public static SsrfVectors read() {
    try (InputStream json =
        Objects.requireNonNull(SsrfVectors.class.getResourceAsStream("ssrf.json"))) {
      return JsonMapper.shared().readValue(json, SsrfVectors.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
