package org.earnest.kit.fetch;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Which addresses belong to the public internet, after IANA's special-purpose registries. IPv6 is
 * judged by what is allowed (2000::/3) less what is special inside it; addresses that carry an IPv4
 * address inside lie outside of it or are excluded, whatever they carry.
 */
final class PublicAddresses {
  private static final List<Range> IPV4_SPECIAL =
      ranges(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.31.196.0/24",
          "192.52.193.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "192.175.48.0/24",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4",
          // the cloud's own host services, although the address is a public one
          "168.63.129.16/32");

  private static final List<Range> IPV6_GLOBAL = ranges("2000::/3");

  private static final List<Range> IPV6_SPECIAL =
      ranges("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

  private static final int IPV4_BYTES = 4;

  private PublicAddresses() {}

  static boolean contains(InetAddress address) {
    if (address.getAddress().length == IPV4_BYTES) {
      return noneContains(IPV4_SPECIAL, address);
    }
    return !noneContains(IPV6_GLOBAL, address) && noneContains(IPV6_SPECIAL, address);
  }

  private static boolean noneContains(List<Range> ranges, InetAddress address) {
    return ranges.stream().noneMatch(range -> range.contains(address));
  }

  private static List<Range> ranges(String... texts) {
    return List.of(texts).stream().map(Range::parse).toList();
  }

  /** A block of addresses; the bits below its prefix do not matter. */
  private record Range(BigInteger prefix, int bytes, int shift) {
    private static Range parse(String text) {
      int slash = text.indexOf('/');
      byte[] address = literal(text.substring(0, slash));
      int shift = address.length * 8 - Integer.parseInt(text.substring(slash + 1));
      return new Range(new BigInteger(1, address).shiftRight(shift), address.length, shift);
    }

    /** No name service is asked about a literal. */
    private static byte[] literal(String text) {
      try {
        return InetAddress.getAllByName(text)[0].getAddress();
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(text + " is no address", e);
      }
    }

    private boolean contains(InetAddress address) {
      byte[] raw = address.getAddress();
      return raw.length == bytes && new BigInteger(1, raw).shiftRight(shift).equals(prefix);
    }
  }
}
