package org.earnest.kit.http;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hc.core5.net.InetAddressUtils;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other sites out. A browser on this machine reaches what only this machine may, and
 * lends that reach to every page that it shows: a page may post here as it stands, or have its own
 * name lead here and read as well (DNS rebinding). Programs that are no browser send no {@code
 * Origin} and a {@code Host} that is ours, and notice nothing.
 */
final class OriginGuard {
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private final Set<Origin> allowed;
  private final Set<String> names;

  OriginGuard(Set<Origin> allowed) {
    this.allowed = Set.copyOf(allowed);
    this.names = allowed.stream().map(Origin::host).collect(Collectors.toUnmodifiableSet());
  }

  void check(Context context) {
    String name = context.req().getServerName().toLowerCase(Locale.ROOT);
    if (!isServed(name, context.req().getLocalAddr())) {
      throw Problem.of(
              421,
              "host_not_served",
              "This server is not that host",
              "The Host header names a host that this server was not told to be. Ask for localhost or for its address, or start it with that host among its allowed origins.")
          .asException();
    }
    if (!isSafe(context) && isForeign(context)) {
      throw Problem.of(
              403,
              "origin_not_allowed",
              "Pages of that origin may change nothing here",
              "The Origin or Sec-Fetch-Site header names another site. Start the server with it among its allowed origins if that is meant.")
          .asException();
    }
  }

  /** A page may keep its origin from being sent; whether it is another site's it cannot. */
  private boolean isForeign(Context context) {
    String origin = context.header("Origin");
    return origin == null
        ? "cross-site".equals(context.header("Sec-Fetch-Site"))
        : !isAllowed(origin, context.header("Host"));
  }

  /** No port is compared: a forwarded one is another, and a page cannot choose a server by it. */
  private boolean isServed(String name, String localAddress) {
    if (name.equals("localhost") || name.equals(localAddress) || names.contains(name)) {
      return true;
    }
    InetAddress literal = literal(name);
    return literal != null
        && (literal.isLoopbackAddress() || literal.equals(literal(localAddress)));
  }

  private boolean isAllowed(String origin, @Nullable String host) {
    try {
      Origin page = Origin.parse(origin);
      return allowed.contains(page)
          || (host != null && page.equals(Origin.parse("http://" + host)));
    } catch (IllegalArgumentException opaque) {
      return false;
    }
  }

  private static boolean isSafe(Context context) {
    return SAFE_METHODS.contains(context.req().getMethod());
  }

  private static @Nullable InetAddress literal(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    try {
      // No name service is asked about a literal.
      return InetAddressUtils.isIPv4(bare) || InetAddressUtils.isIPv6(bare)
          ? InetAddress.getByName(bare)
          : null;
    } catch (UnknownHostException impossible) {
      return null;
    }
  }
}
