package org.earnest.did.dereference;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocumentMetadata;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.core.identity.DidResolver;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.did.document.DidDocumentJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Dereferences DID URLs (DID Resolution 1.0 §5.4). */
public final class DidUrlDereferencer {
  private static final String SERVICE = "service";
  private final DidResolver resolver;

  public DidUrlDereferencer(DidResolver resolver) {
    this.resolver = resolver;
  }

  /**
   * What a DID, the services chosen and a fragment lead to.
   *
   * @param fragment without the number sign
   */
  public Dereferencing dereference(
      Did did, ServiceSelection services, Optional<String> fragment, ResolutionOptions options) {
    return switch (resolver.resolve(did, options)) {
      case DidResolution.Refused refused -> new Dereferencing.Nothing(refused);
      case DidResolution.Resolved resolved -> {
        ObjectNode document = DidDocumentJson.write(resolved);
        if (services.isPresent()) {
          yield services(did, document, services, fragment, resolved.metadata());
        }
        yield fragment
            .map(name -> part(did, document, name, resolved.metadata()))
            .orElseGet(() -> new Dereferencing.Document(document, resolved.metadata()));
      }
    };
  }

  private static Dereferencing part(
      Did did, ObjectNode document, String fragment, DidDocumentMetadata metadata) {
    String id = did + "#" + fragment;
    for (JsonNode list : document) {
      if (list.isArray()) {
        for (JsonNode entry : list) {
          if (entry instanceof ObjectNode object && isCalled(object, did, id)) {
            return new Dereferencing.Part(object, metadata);
          }
        }
      }
    }
    return nothing(ErrorType.NOT_FOUND, "the document has nothing of this fragment");
  }

  private static Dereferencing services(
      Did did,
      ObjectNode document,
      ServiceSelection selection,
      Optional<String> fragment,
      DidDocumentMetadata metadata) {
    ArrayNode selected = document.arrayNode();
    for (JsonNode service : document.path(SERVICE)) {
      if (isSelected(service, did, selection)) {
        selected.add(service);
      }
    }
    List<URI> urls = new ArrayList<>();
    try {
      for (JsonNode service : selected) {
        urls.addAll(ServiceEndpoints.of(service, selection.relativeRef(), fragment));
      }
    } catch (IllegalArgumentException unresolvable) {
      return nothing(
          ErrorType.INVALID_DID_URL, "relativeRef or fragment do not fit the service's endpoint");
    }
    document.set(SERVICE, selected);
    return new Dereferencing.Services(document, List.copyOf(urls), metadata);
  }

  private static boolean isSelected(JsonNode service, Did did, ServiceSelection selection) {
    boolean byId =
        selection
            .service()
            .map(
                wanted -> wanted.contains(":") ? wanted : did + "#" + wanted.replaceFirst("^#", ""))
            .map(wanted -> isCalled(service, did, wanted))
            .orElse(true);
    return byId && selection.serviceType().map(type -> hasType(service, type)).orElse(true);
  }

  private static boolean isCalled(JsonNode entry, Did did, String id) {
    String own = entry.path("id").asString("");
    return id.equals(own.startsWith("#") ? did + own : own);
  }

  private static boolean hasType(JsonNode service, String type) {
    JsonNode types = service.path("type");
    if (types.isString()) {
      return types.stringValue().equals(type);
    }
    for (JsonNode one : types) {
      if (one.asString("").equals(type)) {
        return true;
      }
    }
    return false;
  }

  private static Dereferencing nothing(ErrorType error, String detail) {
    return new Dereferencing.Nothing(new DidResolution.Refused(error, detail));
  }
}
