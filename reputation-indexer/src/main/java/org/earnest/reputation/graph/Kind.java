package org.earnest.reputation.graph;

import static org.earnest.reputation.graph.Operator.CONTAINS;
import static org.earnest.reputation.graph.Operator.CONTAINS_NOCASE;
import static org.earnest.reputation.graph.Operator.ENDS_WITH;
import static org.earnest.reputation.graph.Operator.ENDS_WITH_NOCASE;
import static org.earnest.reputation.graph.Operator.EQUAL;
import static org.earnest.reputation.graph.Operator.GT;
import static org.earnest.reputation.graph.Operator.GTE;
import static org.earnest.reputation.graph.Operator.IN;
import static org.earnest.reputation.graph.Operator.LT;
import static org.earnest.reputation.graph.Operator.LTE;
import static org.earnest.reputation.graph.Operator.NOT;
import static org.earnest.reputation.graph.Operator.NOT_CONTAINS;
import static org.earnest.reputation.graph.Operator.NOT_CONTAINS_NOCASE;
import static org.earnest.reputation.graph.Operator.NOT_IN;
import static org.earnest.reputation.graph.Operator.STARTS_WITH;
import static org.earnest.reputation.graph.Operator.STARTS_WITH_NOCASE;

import java.util.List;

/** Of what kind a field is, and so how it is compared. */
enum Kind {
  AGENT_ID("ID", List.of(EQUAL, NOT, GT, LT, GTE, LTE, IN, NOT_IN)),
  FEEDBACK_ID("ID", List.of(EQUAL, NOT, GT, LT, GTE, LTE, IN, NOT_IN)),
  RESPONSE_ID("ID", List.of()),
  METADATA_ID("ID", List.of()),
  /** Hexadecimal, whatever the case. */
  HASH_ID("ID", List.of(EQUAL, NOT, GT, LT, GTE, LTE, IN, NOT_IN)),
  VALIDATION_STATUS("ValidationStatus", List.of(EQUAL, NOT, IN, NOT_IN)),
  SMALL("Int", List.of(EQUAL, NOT, GT, LT, GTE, LTE, IN, NOT_IN)),
  BYTES("Bytes", List.of(EQUAL, NOT, GT, LT, GTE, LTE, IN, NOT_IN)),
  STRING(
      "String",
      List.of(
          EQUAL,
          NOT,
          GT,
          LT,
          GTE,
          LTE,
          IN,
          NOT_IN,
          CONTAINS,
          CONTAINS_NOCASE,
          NOT_CONTAINS,
          NOT_CONTAINS_NOCASE,
          STARTS_WITH,
          STARTS_WITH_NOCASE,
          ENDS_WITH,
          ENDS_WITH_NOCASE)),
  BOOLEAN("Boolean", List.of(EQUAL, NOT, IN, NOT_IN)),
  INTEGER("BigInt", List.of(EQUAL, NOT, GT, LT, GTE, LTE, IN, NOT_IN)),
  DECIMAL("BigDecimal", List.of(EQUAL, NOT, GT, LT, GTE, LTE, IN, NOT_IN)),
  TEXTS("[String!]", List.of(CONTAINS, CONTAINS_NOCASE, NOT_CONTAINS, NOT_CONTAINS_NOCASE)),
  /**
   * A block's number, which is answered by its time. The times themselves are beside the blocks.
   */
  TIME("BigInt", List.of(GT, LT, GTE, LTE));

  private final String type;

  @SuppressWarnings("ImmutableEnumChecker") // List.of gives no other
  private final List<Operator> operators;

  Kind(String type, List<Operator> operators) {
    this.type = type;
    this.operators = operators;
  }

  /** The GraphQL type that it is compared with. */
  String type() {
    return type;
  }

  List<Operator> operators() {
    return operators;
  }
}
