package org.earnest.credentials.linked;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import org.earnest.credentials.model.InvalidCredentialException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requires what the expanded document says with the data model's properties to stand under their
 * own names, because that is where they are read: a status under another name would be overlooked.
 */
final class ModelMembers {
  private static final String CREDENTIALS = "https://www.w3.org/2018/credentials#";

  /** Of a credential or a presentation, of both versions of the data model. */
  private static final List<String> OF_DOCUMENTS =
      List.of(
          "confidenceMethod",
          "credentialSchema",
          "credentialStatus",
          "credentialSubject",
          "evidence",
          "expirationDate",
          "holder",
          "issuanceDate",
          "issuer",
          "refreshService",
          "relatedResource",
          "renderMethod",
          "termsOfUse",
          "validFrom",
          "validUntil",
          "verifiableCredential");

  private static final String STATUS = "https://www.w3.org/ns/credentials/status#";

  /** Of a status entry: without its size another bit would be read. */
  private static final List<String> OF_STATUS =
      List.of(
          "statusListCredential",
          "statusListIndex",
          "statusMessage",
          "statusPurpose",
          "statusReference",
          "statusSize");

  private ModelMembers() {}

  static void require(ObjectNode document, JsonArray expanded) throws InvalidCredentialException {
    if (expanded.size() != 1 || !(expanded.getFirst() instanceof JsonObject top)) {
      throw LinkedData.undefined("it is not about one thing");
    }
    for (String name : OF_DOCUMENTS) {
      requireAll(name, values(document.path(name)), values(top.get(CREDENTIALS + name)));
    }
    for (String name : OF_STATUS) {
      requireAll(name, anywhere(document, name), anywhere(top, STATUS + name));
    }
    for (JsonValue member : top.values()) {
      requireNotAgain(top.get("@id"), member);
    }
  }

  private static void requireAll(String name, int named, int meant)
      throws InvalidCredentialException {
    if (meant > named) {
      throw LinkedData.undefined("it says " + name + " by another name");
    }
  }

  private static int values(JsonNode value) {
    if (value.isArray()) {
      return value.valueStream().mapToInt(ModelMembers::values).sum();
    }
    boolean nothing = value.isMissingNode() || value.isNull();
    boolean bare = value.has("@value") || value.has("@list");
    return nothing || bare ? 0 : 1;
  }

  private static int values(@Nullable JsonValue value) {
    return value == null ? 0 : value.asJsonArray().size();
  }

  private static int anywhere(JsonNode node, String name) {
    int found = 0;
    if (node instanceof ObjectNode object) {
      for (var member : object.properties()) {
        if (!member.getKey().equals("@context")) {
          found += member.getKey().equals(name) ? values(member.getValue()) : 0;
          found += anywhere(member.getValue(), name);
        }
      }
    } else {
      for (JsonNode item : node) {
        found += anywhere(item, name);
      }
    }
    return found;
  }

  private static int anywhere(JsonValue value, String iri) {
    int found = 0;
    if (value instanceof JsonArray array) {
      for (JsonValue item : array) {
        found += anywhere(item, iri);
      }
    } else if (value instanceof JsonObject object) {
      found += values(object.get(iri));
      for (JsonValue member : object.values()) {
        found += anywhere(member, iri);
      }
    }
    return found;
  }

  /** What is said of the document deeper inside would be signed as if it stood at its top. */
  private static void requireNotAgain(@Nullable JsonValue id, JsonValue value)
      throws InvalidCredentialException {
    if (value instanceof JsonArray array) {
      for (JsonValue item : array) {
        requireNotAgain(id, item);
      }
    } else if (value instanceof JsonObject object) {
      if (id instanceof JsonString && id.equals(object.get("@id")) && object.size() > 1) {
        throw LinkedData.undefined("it speaks of itself in more than one place");
      }
      for (JsonValue member : object.values()) {
        requireNotAgain(id, member);
      }
    }
  }
}
