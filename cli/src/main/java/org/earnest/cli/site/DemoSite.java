package org.earnest.cli.site;

import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Routes;

/** The web presence of the demo's agents. */
public final class DemoSite implements HttpService {
  private final RegistrationFiles files;

  public DemoSite(RegistrationFiles files) {
    this.files = files;
  }

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String openApiResource() {
    return "openapi.json";
  }

  @Override
  public void routes(Routes routes) {
    routes.get(
        RegistrationFiles.path("{agent}"),
        context ->
            files
                .find(context.pathParam("agent"))
                .ifPresentOrElse(
                    context::json,
                    () ->
                        Problem.notFound("unknown_agent", "No agent of that name is served here.")
                            .send(context)));
  }
}
