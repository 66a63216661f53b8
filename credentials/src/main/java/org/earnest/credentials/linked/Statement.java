package org.earnest.credentials.linked;

import com.apicatalog.rdf.api.RdfConsumerException;
import com.apicatalog.rdf.api.RdfQuadConsumer;
import com.apicatalog.rdf.nquads.NQuadsWriter;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a document (RDF 1.1 Concepts §3.1, with the graph it is in).
 *
 * @param object a name, or text where there is a datatype
 * @param direction of text, as JSON-LD has it
 * @param graph none where it is the default one
 */
public record Statement(
    String subject,
    String predicate,
    String object,
    @Nullable String datatype,
    @Nullable String language,
    @Nullable String direction,
    @Nullable String graph) {

  /** Whether it speaks of a node without a name. */
  public boolean hasBlank() {
    return RdfQuadConsumer.isBlank(subject)
        || (datatype == null && RdfQuadConsumer.isBlank(object))
        || (graph != null && RdfQuadConsumer.isBlank(graph));
  }

  /** The same with each node called otherwise; predicates and texts stay. */
  public Statement renamed(UnaryOperator<String> names) {
    return new Statement(
        names.apply(subject),
        predicate,
        datatype == null ? names.apply(object) : object,
        datatype,
        language,
        direction,
        graph == null ? null : names.apply(graph));
  }

  /** As a line of canonical N-Quads, with the end of the line. */
  public String nquad() {
    return NQuadsWriter.nquad(subject, predicate, object, datatype, language, direction, graph);
  }

  void provide(RdfQuadConsumer to) throws RdfConsumerException {
    to.quad(subject, predicate, object, datatype, language, direction, graph);
  }
}
