package org.earnest.kit.logcache;

/** Blocks without a gap, both ends included. */
public record Span(long from, long to) {
  public Span {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("a span of blocks runs upwards from 0");
    }
  }

  public boolean contains(long block) {
    return from <= block && block <= to;
  }
}
