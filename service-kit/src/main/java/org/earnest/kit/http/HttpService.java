package org.earnest.kit.http;

import tools.jackson.databind.node.ObjectNode;

/** A service as the host sees it: a name, routes, a document of them, and how it is. */
public interface HttpService {
  /** Lower case with hyphens; unique on a host, part of {@code /openapi/{name}.json}. */
  String name();

  /**
   * The class-path resource of its OpenAPI 3.1 document, in JSON, seen from this class's package
   * unless it begins with a slash.
   */
  String openApiResource();

  /** The document itself; a new one each time. */
  default ObjectNode openApi() {
    return OpenApiDocuments.read(this);
  }

  /** Adds its routes; called once, before the server listens. */
  void routes(Routes routes);

  /** False where only a restart would help. */
  default boolean healthy() {
    return true;
  }

  /** Whether it can do its work now. Asked on every {@code GET /ready}; must answer quickly. */
  default Readiness readiness() {
    return Readiness.ready();
  }
}
