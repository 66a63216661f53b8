package org.earnest.credentials.linked;

import com.apicatalog.rdf.canon.RdfCanonTicker;

/**
 * Bounds the work of canonicalisation, which takes exponential time on hostile graphs (RDF Dataset
 * Canonicalization §7.1). Counts steps, not time, so that the answer is the same on every machine.
 */
final class WorkBudget implements RdfCanonTicker {
  /** Statements of a document. */
  static final int MAX_QUADS = 8_192;

  /** Nodes of a document without a name. */
  static final int MAX_BLANK_NODES = 1_024;

  /** Steps of canonicalisation; an honest credential takes a few for each blank node. */
  static final int MAX_STEPS = 20_000;

  private int steps;

  /** The budget is used up. */
  static final class ExceededException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ExceededException() {
      super("the document's graph takes too much work to canonicalise");
    }
  }

  @Override
  public void tick() {
    steps++;
    if (steps > MAX_STEPS) {
      throw new ExceededException();
    }
  }
}
