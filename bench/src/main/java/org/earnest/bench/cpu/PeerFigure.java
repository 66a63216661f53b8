package org.earnest.bench.cpu;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What one operation takes a peer.
 *
 * @param micros of the processor
 * @param bytes allocated, where the peer can tell
 */
record PeerFigure(double micros, OptionalDouble bytes) {

  /** With how many times ours it takes. */
  String beside(double ours) {
    String time = String.format(Locale.ROOT, "%.2f (x%.1f)", micros, micros / ours);
    return bytes.isEmpty()
        ? time
        : time + String.format(Locale.ROOT, " %.0f bytes", bytes.getAsDouble());
  }
}
