package org.earnest.kit.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.earnest.kit.fetch.FetchOutcome.Refusal;
import org.earnest.kit.fetch.FetchOutcome.Refused;

/** What can be said of a URL before anybody is asked about its host. */
final class UrlRules {
  private static final Pattern IPV4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  /**
   * A last label of digits or hexadecimal is read as a number by some parsers and not by others.
   */
  private static final Pattern NUMERIC_END = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)\\.?");

  private static final int MAX_PORT = 65_535;

  private UrlRules() {}

  /** A redirect is judged like a new URL, but must not lead from the internet to this machine. */
  static Optional<Refused> refuse(URI from, URI to, FetchPolicy policy) {
    Optional<Refused> refused = refuse(to, policy);
    return refused.isEmpty() && policy.isDevelopment(to) && !policy.isDevelopment(from)
        ? refused(Refusal.ADDRESS_NOT_PUBLIC, "It redirects to a host that is not public.")
        : refused;
  }

  private static Optional<Refused> refuse(URI uri, FetchPolicy policy) {
    if (uri.toString().length() > FetchPolicy.MAX_URL_LENGTH) {
      return malformed("it is longer than " + FetchPolicy.MAX_URL_LENGTH + " characters");
    }
    if (uri.isOpaque() || uri.getScheme() == null || uri.getHost() == null) {
      return malformed("scheme and host are needed");
    }
    if (uri.getRawUserInfo() != null) {
      return refused(Refusal.CREDENTIALS_IN_URL, "A URL must not carry a user or password.");
    }
    if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      return malformed("its port is none");
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (NUMERIC_END.matcher(host).matches() && !IPV4.matcher(host).matches()) {
      return malformed("its host is a number in an unusual form");
    }
    if (!policy.isDevelopment(uri) && !uri.getScheme().equalsIgnoreCase("https")) {
      return refused(Refusal.NOT_HTTPS, "Only https is fetched.");
    }
    return Optional.empty();
  }

  /** Where a redirect leads; empty where its location is no URL. */
  static Optional<URI> follow(URI from, String location) {
    try {
      return Optional.of(from.resolve(new URI(location)));
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<Refused> malformed(String why) {
    return refused(Refusal.URL_MALFORMED, "The URL cannot be used: " + why + ".");
  }

  private static Optional<Refused> refused(Refusal refusal, String detail) {
    return Optional.of(new Refused(refusal, detail));
  }
}
