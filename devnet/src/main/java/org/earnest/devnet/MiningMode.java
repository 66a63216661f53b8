package org.earnest.devnet;

import java.time.Duration;

/** When a development chain makes blocks. */
public sealed interface MiningMode {
  /** A block for each transaction, at once. */
  record Automatic() implements MiningMode {}

  /**
   * A block at a fixed interval, with whatever waits.
   *
   * @param period whole seconds, at least 1
   */
  record Every(Duration period) implements MiningMode {
    public Every {
      Seconds.atLeastOne(period);
    }
  }

  /** Only {@link DevChain#mine}, {@link DevChain#warp} and {@link DevChain#warpTo} make blocks. */
  record Manual() implements MiningMode {}

  static MiningMode automatic() {
    return new Automatic();
  }

  static MiningMode every(Duration period) {
    return new Every(period);
  }

  static MiningMode manual() {
    return new Manual();
  }
}
