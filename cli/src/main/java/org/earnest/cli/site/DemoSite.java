package org.earnest.cli.site;

import io.javalin.http.Handler;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Problem;
import org.earnest.kit.http.Routes;

/** The web presence of the demo's agents. */
public final class DemoSite implements HttpService {
  /** Where the seller's quote is sold, below the host's address. */
  public static final String QUOTE = "/demo/quote";

  private final Publications publications;
  private final Handler quote;

  /**
   * A site.
   *
   * @param quote behind its paywall
   */
  public DemoSite(Publications publications, Handler quote) {
    this.publications = publications;
    this.quote = quote;
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
    routes.get(QUOTE, quote);
    routes.get(
        Deliverables.path("{hash}"),
        context ->
            publications
                .deliverables()
                .find(context.pathParam("hash"))
                .ifPresentOrElse(
                    work -> context.contentType("text/plain; charset=utf-8").result(work),
                    () ->
                        Problem.notFound("unknown_deliverable", "Nothing was delivered under this.")
                            .send(context)));
    routes.get(
        RegistrationFiles.path("{agent}"),
        context ->
            publications
                .registrationFiles()
                .find(context.pathParam("agent"))
                .ifPresentOrElse(
                    context::json,
                    () ->
                        Problem.notFound("unknown_agent", "No agent of that name is served here.")
                            .send(context)));
  }
}
