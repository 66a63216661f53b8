package org.earnest.cli.x402;

import java.io.IOException;
import java.net.URI;
import org.earnest.kit.process.StartupException;

/** What is sold somewhere is asked for by an absolute address. */
public final class Addresses {
  private Addresses() {}

  /**
   * Reads one.
   *
   * @throws StartupException {@code url_invalid}
   */
  public static URI parse(String text) {
    try {
      URI address = URI.create(text);
      boolean http =
          "http".equalsIgnoreCase(address.getScheme())
              || "https".equalsIgnoreCase(address.getScheme());
      if (http && address.getHost() != null && address.getUserInfo() == null) {
        return address;
      }
    } catch (IllegalArgumentException malformed) {
      // Said below.
    }
    throw new StartupException(
        "url_invalid",
        "that is no address",
        "Write it in full, such as https://seller.example/quote");
  }

  static StartupException unreachable(URI address, IOException failure) {
    return new StartupException(
        "seller_unreachable",
        "%s://%s does not answer (%s)"
            .formatted(
                address.getScheme(), address.getAuthority(), failure.getClass().getSimpleName()),
        "Look at the address and the network; then run the same command again",
        failure);
  }
}
