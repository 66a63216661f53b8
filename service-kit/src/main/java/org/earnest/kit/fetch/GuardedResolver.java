package org.earnest.kit.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Asks for a host's addresses once per connection, and hands on only what may be connected to. The
 * client connects to these very addresses, so a name that answers differently the next time gains
 * nothing. One forbidden address among several refuses them all.
 */
final class GuardedResolver implements DnsResolver {
  private final DnsResolver names;
  private final Predicate<InetAddress> allowed;

  GuardedResolver(DnsResolver names, Predicate<InetAddress> allowed) {
    this.names = names;
    this.allowed = allowed;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = names.resolve(host);
    for (InetAddress address : addresses) {
      if (!allowed.test(address)) {
        throw new ForbiddenAddressException(host);
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /** An address that is not of the public internet. */
  static final class ForbiddenAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    ForbiddenAddressException(String host) {
      super(host);
    }
  }
}
