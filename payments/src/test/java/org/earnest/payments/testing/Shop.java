package org.earnest.payments.testing;

import io.javalin.http.Handler;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Routes;

/** A service whose every route is one handler. */
public record Shop(Handler handler) implements HttpService {
  @Override
  public String name() {
    return "shop";
  }

  @Override
  public String openApiResource() {
    return "shop.json";
  }

  @Override
  public void routes(Routes routes) {
    routes.get("/quote", handler);
    routes.get("/other", handler);
    routes.post("/quote", handler);
  }
}
