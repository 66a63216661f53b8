package org.earnest.bindings.call;

import java.util.List;

/**
 * A part of a list that a contract keeps.
 *
 * @param total how long the whole list is
 */
public record Page<T>(List<T> entries, long total) {
  public Page {
    entries = List.copyOf(entries);
  }
}
