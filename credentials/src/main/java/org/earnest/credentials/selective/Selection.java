package org.earnest.credentials.selective;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.earnest.credentials.model.InvalidCredentialException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of a document that pointers lead to (Data Integrity ECDSA Cryptosuites 1.0 §3.4.11 to
 * §3.4.13): what they name, whole, and the id and type of everything on the way. Arrays close up.
 */
final class Selection {
  private static final String CONTEXT = "@context";
  private final Map<String, Selection> members = new LinkedHashMap<>();
  private final Map<Integer, Selection> items = new TreeMap<>();
  private boolean whole;

  private Selection() {}

  /**
   * Selects.
   *
   * @return a copy, under the document's contexts
   * @throws InvalidCredentialException {@code SELECTION_INVALID} where a pointer leads to nothing
   */
  static ObjectNode of(ObjectNode document, Pointers pointers) throws InvalidCredentialException {
    Selection selection = new Selection();
    for (JsonPointer pointer : pointers.parsed()) {
      selection.add(document, pointer);
    }
    ObjectNode selected = document.objectNode();
    if (document.has(CONTEXT)) {
      selected.set(CONTEXT, document.get(CONTEXT).deepCopy());
    }
    return selected.setAll((ObjectNode) selection.project(document));
  }

  private void add(JsonNode document, JsonPointer pointer) throws InvalidCredentialException {
    Selection at = this;
    JsonNode value = document;
    JsonPointer rest = pointer;
    while (!rest.matches()) {
      String name = rest.getMatchingProperty();
      int index = rest.getMatchingIndex();
      if (value instanceof ObjectNode object && object.has(name) && !name.equals(CONTEXT)) {
        value = object.get(name);
        at = at.members.computeIfAbsent(name, absent -> new Selection());
      } else if (value instanceof ArrayNode array && array.has(index)) {
        value = array.get(index);
        at = at.items.computeIfAbsent(index, absent -> new Selection());
      } else {
        throw Pointers.refused("the pointer " + pointer + " leads to nothing");
      }
      rest = rest.tail();
    }
    at.whole = true;
  }

  private JsonNode project(JsonNode value) {
    if (whole) {
      return value.deepCopy();
    }
    if (value instanceof ArrayNode array) {
      ArrayNode selected = array.arrayNode();
      items.forEach((index, item) -> selected.add(item.project(array.get(index))));
      return selected;
    }
    ObjectNode selected = ((ObjectNode) value).objectNode();
    for (String always : new String[] {"id", "type"}) {
      if (value.has(always) && !value.path(always).asString("").startsWith("_:")) {
        selected.set(always, value.get(always).deepCopy());
      }
    }
    members.forEach((name, member) -> selected.set(name, member.project(value.get(name))));
    return selected;
  }
}
