package org.earnest.did.edge;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.earnest.core.identity.DidDocumentMetadata;
import org.earnest.kit.http.Problem;
import org.earnest.kit.json.StrictJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The results of both functions as JSON (DID Resolution 1.0 §9 and §10). */
final class ResultJson {
  private ResultJson() {}

  static ObjectNode resolution(ObjectNode document, DidDocumentMetadata metadata) {
    ObjectNode result = StrictJson.mapper().createObjectNode();
    result.putObject("didResolutionMetadata").put("contentType", AcceptedForm.DOCUMENT);
    result.set("didDocument", metadata.deactivated() ? NullNode.instance : document);
    result.set("didDocumentMetadata", metadata(metadata));
    return result;
  }

  static ObjectNode resolution(Problem error) {
    ObjectNode result = StrictJson.mapper().createObjectNode();
    result.putObject("didResolutionMetadata").set("error", StrictJson.mapper().valueToTree(error));
    result.putNull("didDocument");
    result.putObject("didDocumentMetadata");
    return result;
  }

  static ObjectNode dereferencing(
      JsonNode content, String contentType, DidDocumentMetadata metadata) {
    ObjectNode result = StrictJson.mapper().createObjectNode();
    result.putObject("dereferencingMetadata").put("contentType", contentType);
    result.set("content", metadata.deactivated() ? NullNode.instance : content);
    result.set("contentMetadata", metadata(metadata));
    return result;
  }

  static ObjectNode dereferencing(Problem error) {
    ObjectNode result = StrictJson.mapper().createObjectNode();
    result.putObject("dereferencingMetadata").set("error", StrictJson.mapper().valueToTree(error));
    result.putNull("content");
    result.putObject("contentMetadata");
    return result;
  }

  private static ObjectNode metadata(DidDocumentMetadata metadata) {
    ObjectNode json = StrictJson.mapper().createObjectNode();
    if (metadata.deactivated()) {
      json.put("deactivated", true);
    }
    metadata.created().ifPresent(time -> json.put("created", text(time)));
    metadata.updated().ifPresent(time -> json.put("updated", text(time)));
    metadata.versionId().ifPresent(id -> json.put("versionId", id));
    metadata.nextUpdate().ifPresent(time -> json.put("nextUpdate", text(time)));
    metadata.nextVersionId().ifPresent(id -> json.put("nextVersionId", id));
    metadata.ofMethod().keySet().stream()
        .sorted()
        .forEach(name -> json.put(name, metadata.ofMethod().get(name)));
    return json;
  }

  /** Without a fraction of a second (§3.1). */
  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
