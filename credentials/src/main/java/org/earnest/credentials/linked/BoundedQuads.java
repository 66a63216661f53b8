package org.earnest.credentials.linked;

import com.apicatalog.rdf.api.RdfConsumerException;
import com.apicatalog.rdf.api.RdfQuadConsumer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Passes statements on as long as their number is bearable. */
final class BoundedQuads implements RdfQuadConsumer {
  private final RdfQuadConsumer next;
  private final Set<String> blankNodes = new HashSet<>();
  private int quads;

  BoundedQuads(RdfQuadConsumer next) {
    this.next = next;
  }

  @Override
  public RdfQuadConsumer quad(
      String subject,
      String predicate,
      String object,
      @Nullable String datatype,
      @Nullable String language,
      @Nullable String direction,
      @Nullable String graph)
      throws RdfConsumerException {
    quads++;
    count(subject);
    if (datatype == null) {
      count(object);
    }
    if (quads > WorkBudget.MAX_QUADS || blankNodes.size() > WorkBudget.MAX_BLANK_NODES) {
      throw new WorkBudget.ExceededException();
    }
    next.quad(subject, predicate, object, datatype, language, direction, graph);
    return this;
  }

  private void count(String term) {
    if (RdfQuadConsumer.isBlank(term)) {
      blankNodes.add(term);
    }
  }
}
