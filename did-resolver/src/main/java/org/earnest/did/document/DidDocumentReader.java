package org.earnest.did.document;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidService;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.VerificationMethod;
import org.earnest.core.identity.VerificationRelationship;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what Earnest acts on from a document as its controller published it (DID Core §5). What is
 * well-formed and not understood is left out; what is malformed refuses the document.
 */
public final class DidDocumentReader {
  /** Entries of any one list: more is no document but an attack on whoever searches it. */
  static final int MAX_ENTRIES = 500;

  private final Did did;
  private final Map<DidUrl, VerificationMethod> methods = new LinkedHashMap<>();

  private DidDocumentReader(Did did) {
    this.did = did;
  }

  /**
   * Reads a document.
   *
   * @param did what its id must be
   * @throws IllegalArgumentException when it is not a document of this DID
   */
  public static DidDocument read(ObjectNode json, Did did) {
    return new DidDocumentReader(did).document(json);
  }

  private DidDocument document(ObjectNode json) {
    if (!json.path("id").isString() || !json.path("id").stringValue().equals(did.value())) {
      throw new IllegalArgumentException("the document's id is not the DID that was resolved");
    }
    for (JsonNode method : list(json, "verificationMethod")) {
      add(method);
    }
    Map<VerificationRelationship, Set<DidUrl>> relationships =
        new EnumMap<>(VerificationRelationship.class);
    for (VerificationRelationship relationship : VerificationRelationship.values()) {
      Set<DidUrl> ids = new LinkedHashSet<>();
      for (JsonNode entry : list(json, relationship.property())) {
        DidUrl id = entry.isString() ? url(entry) : add(entry);
        // Another's method is not ours to vouch for: it would have to be resolved on its own.
        if (methods.containsKey(id)) {
          ids.add(id);
        }
      }
      if (!ids.isEmpty()) {
        relationships.put(relationship, Set.copyOf(ids));
      }
    }
    return new DidDocument(
        did,
        Set.copyOf(texts(json, "alsoKnownAs")),
        List.copyOf(methods.values()),
        relationships,
        services(json));
  }

  private DidUrl add(JsonNode json) {
    DidUrl id = url(member(json, "id"));
    if (id.fragment().isEmpty()) {
      throw new IllegalArgumentException("a verification method's id has a fragment");
    }
    Did controller = new Did(member(json, "controller").stringValue());
    if (methods.put(id, VerificationMethods.read(id, controller, json)) != null) {
      throw new IllegalArgumentException("two verification methods have one id");
    }
    return id;
  }

  private List<DidService> services(ObjectNode json) {
    List<DidService> services = new ArrayList<>();
    Set<String> ids = new LinkedHashSet<>();
    for (JsonNode service : list(json, "service")) {
      String id = absolute(member(service, "id").stringValue());
      if (!ids.add(id)) {
        throw new IllegalArgumentException("two services have one id");
      }
      JsonNode type = service.path("type");
      JsonNode endpoint = service.path("serviceEndpoint");
      if (type.isMissingNode() || endpoint.isMissingNode()) {
        throw new IllegalArgumentException("a service has a type and a serviceEndpoint");
      }
      if (type.isString() && endpoint.isString()) {
        services.add(new DidService(id, type.stringValue(), endpoint.stringValue()));
      }
    }
    return services;
  }

  private List<String> texts(ObjectNode json, String member) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : list(json, member)) {
      if (!text.isString()) {
        throw new IllegalArgumentException(member + " lists text");
      }
      texts.add(text.stringValue());
    }
    return texts.stream().distinct().toList();
  }

  private static Iterable<JsonNode> list(ObjectNode json, String member) {
    JsonNode list = json.path(member);
    if (list.isMissingNode()) {
      return List.of();
    }
    if (!list.isArray() || list.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException(
          member + " must be a list of at most " + MAX_ENTRIES + " entries");
    }
    return list;
  }

  private static JsonNode member(JsonNode json, String name) {
    JsonNode member = json.path(name);
    if (!member.isString()) {
      throw new IllegalArgumentException("each entry has " + name + " as text");
    }
    return member;
  }

  private DidUrl url(JsonNode text) {
    return DidUrl.parse(absolute(text.stringValue()));
  }

  /** Relative DID URLs are fragments of the document's own DID (DID Core §3.2.2). */
  private String absolute(String text) {
    return text.startsWith("#") ? did + text : text;
  }
}
