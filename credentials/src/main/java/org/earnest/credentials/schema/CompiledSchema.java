package org.earnest.credentials.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.credentials.model.CredentialRefusal;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A schema that stands on its own: it refers to nothing outside itself. */
final class CompiledSchema {
  /** Values of a schema, with references unrolled. */
  static final int MAX_NODES = 5_000;

  /** What {@code $schema} may name (VC JSON Schema §3). */
  private static final Set<SpecificationVersion> VERSIONS =
      Set.of(
          SpecificationVersion.DRAFT_2020_12,
          SpecificationVersion.DRAFT_2019_09,
          SpecificationVersion.DRAFT_7);

  private static final SchemaRegistryConfig CONFIG =
      SchemaRegistryConfig.builder()
          .regularExpressionFactory(BudgetedPattern::new)
          .formatAssertionsEnabled(false)
          .failFast(true)
          .build();

  private final Schema schema;

  private CompiledSchema(Schema schema) {
    this.schema = schema;
  }

  /**
   * Reads a schema.
   *
   * @throws InvalidCredentialException {@code SCHEMA_UNSUPPORTED}
   */
  static CompiledSchema of(ObjectNode json) throws InvalidCredentialException {
    SpecificationVersion version =
        Optional.of(json.path("$schema"))
            .filter(JsonNode::isString)
            .flatMap(dialect -> SpecificationVersion.fromDialectId(dialect.stringValue()))
            .filter(VERSIONS::contains)
            .orElseThrow(
                () -> unsupported("$schema must name JSON Schema 2020-12, 2019-09 or draft 7"));
    UnrolledSize.require(json, MAX_NODES);
    try {
      Schema schema =
          SchemaRegistry.withDefaultDialect(
                  version, builder -> builder.schemaRegistryConfig(CONFIG))
              .getSchema(json);
      schema.initializeValidators();
      return new CompiledSchema(schema);
    } catch (SchemaException | SchemaRefusedException malformed) {
      throw unsupported("it cannot be used: " + malformed.getMessage());
    }
  }

  /**
   * Holds a document against it.
   *
   * @throws InvalidCredentialException {@code SCHEMA_MISMATCH}, or {@code SCHEMA_UNSUPPORTED} where
   *     that takes too long
   */
  void require(ObjectNode document) throws InvalidCredentialException {
    List<Error> errors;
    try {
      errors = BudgetedPattern.sharing(() -> schema.validate(document));
    } catch (SchemaException | SchemaRefusedException refused) {
      throw unsupported("it cannot be used: " + refused.getMessage());
    } catch (StackOverflowError endless) {
      throw unsupported("it refers to itself without end");
    }
    if (!errors.isEmpty()) {
      throw new InvalidCredentialException(
          CredentialRefusal.SCHEMA_MISMATCH,
          "the credential does not obey its schema: " + errors.getFirst());
    }
  }

  static InvalidCredentialException unsupported(String detail) {
    return new InvalidCredentialException(
        CredentialRefusal.SCHEMA_UNSUPPORTED, "the credential's schema: " + detail);
  }
}
