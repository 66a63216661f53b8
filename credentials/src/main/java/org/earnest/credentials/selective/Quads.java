package org.earnest.credentials.selective;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.earnest.credentials.linked.Statement;

/** Statements as N-Quads under other labels. */
final class Quads {
  private Quads() {}

  /** In the order of their code points, which is that of their bytes in UTF-8. */
  static List<String> sorted(List<Statement> statements, Map<String, String> labels) {
    List<String> quads = new ArrayList<>();
    statements.forEach(statement -> quads.add(labelled(statement, labels)));
    quads.sort((one, other) -> Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8)));
    return quads;
  }

  static String labelled(Statement statement, Map<String, String> labels) {
    return statement.renamed(name -> labels.getOrDefault(name, name)).nquad();
  }
}
