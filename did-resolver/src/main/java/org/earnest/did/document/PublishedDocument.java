package org.earnest.did.document;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.earnest.did.key.PublicKeyMultibase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A document as a controller publishes it: keys, other names, services. */
public final class PublishedDocument {
  private PublishedDocument() {}

  /** A service of the document. */
  public record Service(String type, String endpoint) {}

  /**
   * The document.
   *
   * @param id the DID, or what will be one once it is known
   * @param key signs in and makes statements for the DID
   */
  public static ObjectNode of(
      String id, PublicKeyMultibase key, List<String> alsoKnownAs, List<Service> services) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    contexts(json);
    json.put("id", id);
    alsoKnownAs.forEach(name -> json.withArray("alsoKnownAs").add(name));
    String method = id + "#" + key;
    method(json.putArray("verificationMethod"), id, key);
    json.putArray("authentication").add(method);
    json.putArray("assertionMethod").add(method);
    int number = 0;
    for (Service service : services) {
      json.withArray("service")
          .addObject()
          .put("id", id + "#service-" + ++number)
          .put("type", service.type())
          .put("serviceEndpoint", service.endpoint());
    }
    return json;
  }

  /** Says what the document's words mean. */
  public static void contexts(ObjectNode document) {
    document
        .putArray("@context")
        .add(DidDocumentJson.DID_CONTEXT)
        .add(DidDocumentJson.MULTIKEY_CONTEXT);
  }

  /**
   * The same document with another key in the place of one.
   *
   * @throws IllegalArgumentException when it does not list the old one
   */
  public static ObjectNode rotated(
      ObjectNode document, PublicKeyMultibase old, PublicKeyMultibase next) {
    String text = StrictJsonDocument.write(document);
    if (!text.contains(old.text())) {
      throw new IllegalArgumentException("the document does not list the old key");
    }
    return StrictJsonDocument.read(text.replace(old.text(), next.text()));
  }

  /**
   * The same document with these keys, which sign in and make statements for the DID; what else it
   * says stays.
   *
   * @param listed those that it is to list
   * @param dropped those that it is to list no more
   * @throws IllegalArgumentException when it has no id
   */
  public static ObjectNode listing(
      ObjectNode document, List<PublicKeyMultibase> listed, List<PublicKeyMultibase> dropped) {
    String id = document.path("id").asString("");
    if (id.isEmpty()) {
      throw new IllegalArgumentException("the document has no id");
    }
    ObjectNode json = document.deepCopy();
    List<String> ids = listed.stream().map(key -> id + "#" + key).toList();
    Set<String> known = new HashSet<>(ids);
    dropped.forEach(key -> known.add(id + "#" + key));
    ArrayNode methods = without(json, "verificationMethod", known);
    for (PublicKeyMultibase key : listed) {
      method(methods, id, key);
    }
    ids.forEach(without(json, "authentication", known)::add);
    ids.forEach(without(json, "assertionMethod", known)::add);
    return json;
  }

  /** A document's list, without those that are named, or referred to, so. */
  private static ArrayNode without(ObjectNode document, String name, Set<String> ids) {
    ArrayNode kept = JsonNodeFactory.instance.arrayNode();
    for (JsonNode entry : document.path(name)) {
      JsonNode id = entry.isObject() ? entry.path("id") : entry;
      if (!ids.contains(absolute(document, id.asString("")))) {
        kept.add(entry);
      }
    }
    document.set(name, kept);
    return kept;
  }

  /** Documents may write their own ids relative to themselves (DID Core §3.2.2). */
  private static String absolute(ObjectNode document, String id) {
    return id.startsWith("#") ? document.path("id").asString("") + id : id;
  }

  private static void method(ArrayNode methods, String id, PublicKeyMultibase key) {
    methods
        .addObject()
        .put("id", id + "#" + key)
        .put("type", DidDocumentJson.MULTIKEY)
        .put("controller", id)
        .put("publicKeyMultibase", key.text());
  }
}
