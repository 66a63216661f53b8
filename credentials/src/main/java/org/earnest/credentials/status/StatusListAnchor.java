package org.earnest.credentials.status;

import java.net.URI;

/** Shows on a chain since when an issuer stands by a list. */
@FunctionalInterface
public interface StatusListAnchor {
  /**
   * Anchors what a list says; once, however often it is asked for.
   *
   * @param content of the list, as {@link AnchoredContent} has it
   * @return whether it is on its way; where it is not, the same may be asked for again
   */
  boolean anchor(URI list, byte[] content);
}
