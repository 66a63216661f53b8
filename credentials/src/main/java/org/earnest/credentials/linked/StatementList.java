package org.earnest.credentials.linked;

import com.apicatalog.rdf.api.RdfQuadConsumer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects statements. */
final class StatementList implements RdfQuadConsumer {
  private final List<Statement> statements = new ArrayList<>();

  List<Statement> all() {
    return statements;
  }

  @Override
  public RdfQuadConsumer quad(
      String subject,
      String predicate,
      String object,
      @Nullable String datatype,
      @Nullable String language,
      @Nullable String direction,
      @Nullable String graph) {
    statements.add(new Statement(subject, predicate, object, datatype, language, direction, graph));
    return this;
  }
}
