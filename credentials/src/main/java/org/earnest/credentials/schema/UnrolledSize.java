package org.earnest.credentials.schema;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * How large a schema is with every reference replaced by what it leads to: what a validation may
 * cost, which doubles with each step of a chain of two references to the next. A reference is a
 * pointer into the schema itself, and none leads back to where it comes from.
 */
final class UnrolledSize {
  private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");

  private final JsonNode schema;
  private final int most;
  private final IdentityHashMap<JsonNode, Long> known = new IdentityHashMap<>();
  private final Set<JsonNode> entered = Collections.newSetFromMap(new IdentityHashMap<>());

  private UnrolledSize(JsonNode schema, int most) {
    this.schema = schema;
    this.most = most;
  }

  /**
   * Requires a schema to be of at most so many nodes, as it is written and unrolled.
   *
   * @throws InvalidCredentialException {@code SCHEMA_UNSUPPORTED}
   */
  static void require(JsonNode schema, int most) throws InvalidCredentialException {
    // As written first, so that no chain of references is deeper than that.
    if (written(schema) > most || new UnrolledSize(schema, most).of(schema) > most) {
      throw CompiledSchema.unsupported(
          "it has more than " + most + " members, its references unrolled");
    }
  }

  private static long written(JsonNode node) {
    long nodes = 1;
    for (JsonNode child : node) {
      nodes += written(child);
    }
    return nodes;
  }

  private long of(JsonNode node) throws InvalidCredentialException {
    if (!node.isContainer()) {
      return 1;
    }
    Long before = known.get(node);
    if (before != null) {
      return before;
    }
    if (!entered.add(node)) {
      throw CompiledSchema.unsupported("it refers to itself without end");
    }
    long nodes = 1;
    for (JsonNode child : node) {
      nodes += of(child);
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      nodes += referred(member.getKey(), member.getValue());
    }
    entered.remove(node);
    long size = Math.min(nodes, most + 1L);
    known.put(node, size);
    return size;
  }

  // The schema's own $id, not another one of the same text.
  @SuppressWarnings("ReferenceEquality")
  private long referred(String name, JsonNode value) throws InvalidCredentialException {
    if (!value.isString()) {
      return 0;
    }
    if (name.equals("$id") && value != schema.path(name)) {
      throw CompiledSchema.unsupported("it has another schema within, with an $id of its own");
    }
    return REFERENCES.contains(name) ? of(target(value.stringValue())) : 0;
  }

  /** A percent sign would be read in two ways. */
  private JsonNode target(String reference) throws InvalidCredentialException {
    if (!reference.equals("#") && (!reference.startsWith("#/") || reference.contains("%"))) {
      throw CompiledSchema.unsupported(
          "a reference must be a pointer into it, beginning with #/; nothing is fetched");
    }
    JsonNode target = schema.at(JsonPointer.compile(reference.substring(1)));
    if (target.isMissingNode()) {
      throw CompiledSchema.unsupported("a reference leads nowhere");
    }
    return target;
  }
}
