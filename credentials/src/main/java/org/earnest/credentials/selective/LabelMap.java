package org.earnest.credentials.selective;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.credentials.linked.CanonicalStatements;

/**
 * What a disclosed proof calls the nameless nodes of what is shown.
 *
 * @param labels by canonical label, all beginning with {@code _:}; no two nodes share one
 */
public record LabelMap(Map<String, String> labels) {
  public LabelMap {
    labels = Map.copyOf(labels);
    if (new HashSet<>(labels.values()).size() != labels.size()) {
      throw new IllegalArgumentException("two nodes have one label");
    }
  }

  /**
   * The statements under these labels as canonical N-Quads, in order.
   *
   * @return empty where the labels are not those of just these statements' nodes
   */
  public Optional<List<String>> quads(CanonicalStatements shown) {
    return new HashSet<>(shown.labels().values()).equals(labels.keySet())
        ? Optional.of(Quads.sorted(shown.statements(), labels))
        : Optional.empty();
  }
}
