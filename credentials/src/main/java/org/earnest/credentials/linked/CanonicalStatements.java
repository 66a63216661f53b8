package org.earnest.credentials.linked;

import java.util.List;
import java.util.Map;

/**
 * Statements whose nameless nodes are labelled by what is said of them (RDF Dataset
 * Canonicalization 1.0).
 *
 * @param statements under canonical labels, {@code _:c14n0} and on, in canonical order
 * @param labels the canonical label of each label that came in, both beginning with {@code _:}
 */
public record CanonicalStatements(List<Statement> statements, Map<String, String> labels) {
  public CanonicalStatements {
    statements = List.copyOf(statements);
    labels = Map.copyOf(labels);
  }
}
