package org.earnest.bench.logs;

/** How a provider refuses a range of blocks that it finds too large. Wordings as providers send. */
public enum RangeDialect {
  /** Says which range would do. */
  ALCHEMY(-32602) {
    @Override
    String words(long from, long to, long most) {
      return "Log response size exceeded. You can make eth_getLogs requests with up to a "
          + most
          + " block range. Based on your parameters and the response size limit, this block range"
          + " should work: ["
          + SyntheticBlock.quantity(from)
          + ", "
          + SyntheticBlock.quantity(from + most - 1)
          + "]";
    }
  },
  /** The same in other words. */
  INFURA(-32005) {
    @Override
    String words(long from, long to, long most) {
      return "query returned more than 10000 results. Try with this block range ["
          + SyntheticBlock.quantity(from)
          + ", "
          + SyntheticBlock.quantity(from + most - 1)
          + "].";
    }
  },
  /** Says how many blocks it takes. */
  QUICKNODE(-32614) {
    @Override
    String words(long from, long to, long most) {
      return "eth_getLogs is limited to a %,d range".formatted(most);
    }
  },
  /** Says how many were asked for, and how many it takes. */
  POLYGON(-32000) {
    @Override
    String words(long from, long to, long most) {
      return "requested too many blocks from %d to %d, maximum is set to %d"
          .formatted(from, to, most);
    }
  },
  /** Says no number at all. */
  ANKR(-32600) {
    @Override
    String words(long from, long to, long most) {
      return "block range is too wide";
    }
  };

  private final int code;

  RangeDialect(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /**
   * The refusal.
   *
   * @param most how many blocks it takes
   */
  abstract String words(long from, long to, long most);
}
