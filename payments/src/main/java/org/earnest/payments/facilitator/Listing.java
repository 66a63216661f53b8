package org.earnest.payments.facilitator;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.ResourceInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that was paid for, and whose seller asks to be found (extension {@code bazaar}). Payer
 * and payee alone vouch for it: it is a hint, and no reason to pay.
 *
 * @param resource its address, without query and fragment
 * @param payTo lower-case hexadecimal
 * @param json as {@code /discovery/resources} shows it, but for {@code lastUpdated}
 */
public record Listing(String resource, String type, String payTo, ObjectNode json, Instant at) {
  /** The extension by which a seller asks for it. */
  public static final String EXTENSION = "bazaar";

  /** Characters of an address at most. */
  static final int MAX_ADDRESS = 2_048;

  /** Characters of what is shown of one at most. */
  static final int MAX_JSON = 16_384;

  private static final int MAX_TYPE = 16;

  public Listing {
    json = json.deepCopy();
  }

  /** What a settled payment bought; empty where its seller does not ask to be found. */
  public static Optional<Listing> of(FacilitatorRequest request, Instant now) {
    JsonNode extension = request.payment().extensions().path(EXTENSION);
    String type =
        extension.path("info").path("input").path("type").asString("").toLowerCase(Locale.ROOT);
    if (type.isEmpty() || type.length() > MAX_TYPE) {
      return Optional.empty();
    }
    return request
        .payment()
        .resource()
        .flatMap(resource -> plain(resource.url()).map(at -> of(request, resource, at, type, now)))
        .filter(listing -> listing.json().toString().length() <= MAX_JSON);
  }

  private static Listing of(
      FacilitatorRequest request, ResourceInfo resource, String at, String type, Instant now) {
    ObjectNode json = resource.toJson();
    json.remove("url");
    json.put("resource", at).put("type", type).put("x402Version", PaymentHeaders.X402_VERSION);
    json.putArray("accepts").add(request.requirements().toJson());
    ObjectNode extensions = JsonNodeFactory.instance.objectNode();
    extensions.set(EXTENSION, request.payment().extensions().path(EXTENSION).deepCopy());
    json.set("extensions", extensions);
    return new Listing(
        at, type, request.requirements().payTo().toLowerCase(Locale.ROOT), json, now);
  }

  /** What comes after the path may be a buyer's own. */
  private static Optional<String> plain(String url) {
    try {
      URI uri = new URI(url);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      return web && uri.getHost() != null && url.length() <= MAX_ADDRESS
          ? Optional.of(
              new URI(uri.getScheme(), uri.getAuthority(), uri.getPath(), null, null).toString())
          : Optional.empty();
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }

  /** As it is shown. */
  public ObjectNode shown() {
    return json.deepCopy().put("lastUpdated", at.toString());
  }
}
