package org.earnest.payments.server;

import java.util.Arrays;
import java.util.List;

/**
 * Paths of one shape: segments as they are, {@code *} for any one segment, and {@code **} at the
 * end for one or more.
 */
record PathPattern(List<String> segments) {
  private static final String ONE = "*";
  private static final String REST = "**";

  PathPattern {
    segments = List.copyOf(segments);
  }

  static PathPattern parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("a path begins with a slash: " + text);
    }
    List<String> segments = split(text);
    if (segments.indexOf(REST) >= 0 && segments.indexOf(REST) < segments.size() - 1) {
      throw new IllegalArgumentException("** is the last segment or none: " + text);
    }
    return new PathPattern(segments);
  }

  /** A trailing slash leaves an empty last segment, which is another path. */
  static List<String> split(String path) {
    return Arrays.asList(path.substring(1).split("/", -1));
  }

  /** How near it comes to one path: the more segments it names, the nearer. */
  int nearness() {
    long open = segments.stream().filter(each -> each.equals(ONE) || each.equals(REST)).count();
    return open == 0 ? Integer.MAX_VALUE : segments.size() - (int) open;
  }

  boolean matches(List<String> path) {
    boolean open = segments.getLast().equals(REST);
    int fixed = open ? segments.size() - 1 : segments.size();
    if (open ? path.size() <= fixed : path.size() != fixed) {
      return false;
    }
    for (int each = 0; each < fixed; each++) {
      String segment = segments.get(each);
      if (!segment.equals(path.get(each)) && !(segment.equals(ONE) && !path.get(each).isEmpty())) {
        return false;
      }
    }
    return true;
  }
}
