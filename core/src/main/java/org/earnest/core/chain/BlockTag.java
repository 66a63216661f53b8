package org.earnest.core.chain;

import java.util.Locale;

/** Which block a reading is made at. */
public sealed interface BlockTag {
  /** The JSON-RPC spelling. */
  String rpc();

  /** A moving tag of the node. */
  enum Named implements BlockTag {
    EARLIEST,
    LATEST,
    PENDING,
    SAFE,
    FINALIZED;

    @Override
    public String rpc() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A height. */
  record Height(long number) implements BlockTag {
    @Override
    public String rpc() {
      return "0x" + Long.toHexString(number);
    }
  }
}
