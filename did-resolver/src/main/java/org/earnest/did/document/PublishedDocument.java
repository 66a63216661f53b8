package org.earnest.did.document;

import java.util.List;
import org.earnest.did.key.PublicKeyMultibase;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A document as a controller publishes it: one key, other names, services. */
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
    json.putArray("@context")
        .add(DidDocumentJson.DID_CONTEXT)
        .add(DidDocumentJson.MULTIKEY_CONTEXT);
    json.put("id", id);
    alsoKnownAs.forEach(name -> json.withArray("alsoKnownAs").add(name));
    String method = id + "#" + key;
    json.putArray("verificationMethod")
        .addObject()
        .put("id", method)
        .put("type", DidDocumentJson.MULTIKEY)
        .put("controller", id)
        .put("publicKeyMultibase", key.text());
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
}
