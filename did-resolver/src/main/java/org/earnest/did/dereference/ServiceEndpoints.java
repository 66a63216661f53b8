package org.earnest.did.dereference;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Where services are (DID Resolution 1.0 §5.4.1). */
final class ServiceEndpoints {
  private static final Set<String> SCHEMES = Set.of("https", "http");

  private ServiceEndpoints() {}

  /**
   * The URLs of a service: of the web alone, as others are nothing to redirect to.
   *
   * @throws IllegalArgumentException when the reference would leave the endpoint's host
   */
  static List<URI> of(JsonNode service, Optional<String> relativeRef, Optional<String> fragment) {
    List<URI> urls = new ArrayList<>();
    for (String text : texts(service.path("serviceEndpoint"))) {
      Optional<URI> endpoint = web(text);
      if (endpoint.isPresent()) {
        URI url = relativeRef.map(ref -> resolve(endpoint.get(), ref)).orElse(endpoint.get());
        urls.add(fragment.map(part -> withFragment(url, part)).orElse(url));
      }
    }
    return urls;
  }

  private static List<String> texts(JsonNode endpoint) {
    List<String> texts = new ArrayList<>();
    if (endpoint.isString()) {
      texts.add(endpoint.stringValue());
    } else if (endpoint.isArray()) {
      for (JsonNode item : endpoint) {
        if (item.isString()) {
          texts.add(item.stringValue());
        }
      }
    }
    return texts;
  }

  private static Optional<URI> web(String text) {
    try {
      URI uri = new URI(text);
      boolean isWeb =
          uri.getScheme() != null
              && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
              && uri.getHost() != null;
      return isWeb ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException notAUrl) {
      return Optional.empty();
    }
  }

  /** RFC 3986 §5, but for references that name a host of their own. */
  private static URI resolve(URI base, String reference) {
    URI relative = URI.create(reference);
    if (relative.isAbsolute() || relative.getRawAuthority() != null) {
      throw new IllegalArgumentException("relativeRef must not name a host");
    }
    URI url =
        relative.getRawPath().isEmpty()
            ? withoutQuery(base, reference)
            : withinRoot(base.resolve(relative));
    if (!Objects.equals(url.getRawAuthority(), base.getRawAuthority())) {
      throw new IllegalArgumentException("relativeRef must not lead to another host");
    }
    return url;
  }

  /** The JDK keeps the steps above the root that RFC 3986 §5.2.4 drops. */
  private static URI withinRoot(URI url) {
    String root = url.getScheme() + "://" + url.getRawAuthority();
    String rest = url.toString().substring(root.length());
    while (rest.startsWith("/../")) {
      rest = rest.substring("/..".length());
    }
    return URI.create(root + (rest.equals("/..") ? "/" : rest));
  }

  /** The JDK resolves a bare query against the folder, where RFC 3986 keeps the path. */
  private static URI withoutQuery(URI base, String reference) {
    String path = base.toString().split("[?#]", 2)[0];
    return URI.create(reference.startsWith("?") ? path + reference : base + reference);
  }

  private static URI withFragment(URI url, String fragment) {
    if (url.getRawFragment() != null) {
      throw new IllegalArgumentException("the endpoint has a fragment of its own");
    }
    return URI.create(url + "#" + fragment);
  }
}
