package org.earnest.kit.http;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.earnest.core.chain.Caip2ChainId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@link PerChainService} makes of the document of one chain's service. */
record PerChainDocument(Collection<Caip2ChainId> chains, PerChainService.ByName named) {
  private static final String OPERATION = "operationId";
  private static final String PARAMETERS = "parameters";
  private static final String PROBLEM = "#/components/schemas/Problem";

  /** Operations below a chain have the suffix {@code OfChain}: ids are unique in a document. */
  private static final String SUFFIX = "OfChain";

  ObjectNode of(ObjectNode one) {
    ObjectNode document = one.deepCopy();
    ObjectNode paths = document.withObject("/paths");
    for (Map.Entry<String, JsonNode> path : one.path("paths").properties()) {
      paths.set(PerChainService.PREFIX + path.getKey(), belowChain(path.getValue()));
      boolean inPath = named.isIn(path.getKey());
      paths
          .path(path.getKey())
          .forEach(each -> atRoot((ObjectNode) each, inPath || isNamedInQuery(each)));
    }
    return document;
  }

  private JsonNode belowChain(JsonNode path) {
    JsonNode below = path.deepCopy();
    for (JsonNode operation : below) {
      ObjectNode of = (ObjectNode) operation;
      of.put(OPERATION, of.path(OPERATION).asString("") + SUFFIX);
      ArrayNode parameters = of.withArray("/" + PARAMETERS);
      List<JsonNode> others = List.copyOf(parameters.values());
      parameters.removeAll();
      chain(parameters.addObject());
      parameters.addAll(others);
      refusal(of.withObject("/responses"), "404", "chain_not_followed");
    }
    return below;
  }

  private void chain(ObjectNode parameter) {
    parameter.put("name", PerChainService.CHAIN).put("in", "path").put("required", true);
    ArrayNode known = parameter.withObject("/schema").put("type", "string").putArray("enum");
    chains.forEach(chain -> known.add(chain.reference()));
    parameter.put("description", "EIP-155 number of the chain");
  }

  private boolean isNamedInQuery(JsonNode operation) {
    return operation
        .path(PARAMETERS)
        .valueStream()
        .anyMatch(it -> it.path("name").asString("").equals(named.inQuery()));
  }

  private static void atRoot(ObjectNode operation, boolean byName) {
    if (!byName) {
      operation.remove(PARAMETERS);
      operation.remove("requestBody");
      operation.remove("responses");
      operation.put("summary", "Says which chains there are; ask below one of them");
    }
    refusal(operation.withObject("/responses"), "400", "chain_needed");
  }

  /** Beside the codes that the status has already. */
  private static void refusal(ObjectNode responses, String status, String code) {
    ObjectNode response = responses.withObject("/" + status);
    String others = response.path("description").asString("");
    response.put("description", others.isEmpty() ? code : code + ", " + others);
    response.withObject("/content/application~1problem+json/schema").put("$ref", PROBLEM);
  }
}
