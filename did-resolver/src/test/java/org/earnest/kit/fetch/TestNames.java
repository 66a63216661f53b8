package org.earnest.kit.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;

/** The fetcher itself, with a name service and a trust of the test's. */
public final class TestNames {
  private TestNames() {}

  /** Finds every host at these addresses, and judges them as ever. */
  public static GuardedFetcher finding(SSLContext tls, InetAddress... addresses) {
    return fetcher(tls, PublicAddresses::contains, addresses);
  }

  /** Finds every host on this machine, and allows that. */
  public static GuardedFetcher onThisMachine(SSLContext tls) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return fetcher(tls, loopback::equals, loopback);
  }

  private static GuardedFetcher fetcher(
      SSLContext tls, Predicate<InetAddress> allowed, InetAddress... addresses) {
    DnsResolver names =
        new DnsResolver() {
          @Override
          public InetAddress[] resolve(String host) throws UnknownHostException {
            // A literal is its own address, whatever a name service says.
            return host.matches("[0-9.]+|.*:.*") ? InetAddress.getAllByName(host) : addresses;
          }

          @Override
          public String resolveCanonicalHostname(String host) {
            return host;
          }
        };
    return new GuardedFetcher(
        FetchPolicy.STRICT, names, allowed, new DefaultClientTlsStrategy(tls));
  }
}
