package org.earnest.kit.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Holds a service's OpenAPI document against its routes, both ways. Every service's tests ask. */
public final class OpenApiAgreement {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private OpenApiAgreement() {}

  /** What differs, in sentences; empty where document and routes agree. */
  public static List<String> differences(HttpService service) {
    JsonNode document = service.openApi();
    List<String> differences = new ArrayList<>();
    if (!document.path("openapi").asString("").startsWith("3.1.")) {
      differences.add("the document is not OpenAPI 3.1");
    }
    Set<String> described = described(document, differences);
    Set<String> served = new TreeSet<>();
    RouteTable.of(service)
        .forEach(route -> served.add(route.method().name() + " " + template(route.path())));
    served.stream()
        .filter(route -> !described.contains(route))
        .forEach(route -> differences.add(route + " is served but not described"));
    described.stream()
        .filter(route -> !served.contains(route))
        .forEach(route -> differences.add(route + " is described but not served"));
    return List.copyOf(differences);
  }

  private static Set<String> described(JsonNode document, List<String> differences) {
    Set<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          String route = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
          described.add(route);
          checkOperation(route, operation.getValue(), differences);
        }
      }
    }
    return described;
  }

  private static void checkOperation(String route, JsonNode operation, List<String> differences) {
    if (!operation.has("operationId")) {
      differences.add(route + " has no operationId");
    }
    if (operation.path("responses").isEmpty()) {
      differences.add(route + " describes no response");
    }
  }

  /** Javalin's slash-taking parameter is an ordinary one to OpenAPI. */
  private static String template(String path) {
    return path.replace('<', '{').replace('>', '}');
  }
}
