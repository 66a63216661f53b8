package org.earnest.credentials.edge;

import io.javalin.http.Context;
import org.earnest.credentials.agent.AgentSchemas;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Routes;

/** Serves the schemas of credentials about agents. */
public final class SchemaService implements HttpService {
  private static final String JSON_SCHEMA = "application/schema+json";
  private static final String CACHE = "public, max-age=86400, immutable";

  @Override
  public String name() {
    return "credential-schemas";
  }

  @Override
  public String openApiResource() {
    return "schemas-openapi.json";
  }

  @Override
  public void routes(Routes routes) {
    routes.get(AgentSchemas.PATH + "{name}", this::serve);
  }

  private void serve(Context context) {
    String schema =
        AgentSchemas.file(context.pathParam("name"))
            .orElseThrow(
                () -> Problem.notFound("schema_unknown", "No schema has this name.").asException());
    context.header("Cache-Control", CACHE).contentType(JSON_SCHEMA).result(schema);
  }
}
