package org.earnest.kit.http;

import java.util.concurrent.CountDownLatch;
import org.earnest.core.chain.ChainUnavailableException;

/** A small service with every way to fail. */
final class SampleService implements HttpService {
  record Echo(String text, int count) {
    Echo {
      if (count < 0) {
        throw new IllegalArgumentException("count is not negative");
      }
    }
  }

  private final Readiness readiness;

  SampleService(Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public String openApiResource() {
    return "sample-openapi.json";
  }

  @Override
  public void routes(Routes routes) {
    routes.post("/echo", context -> context.json(Requests.body(context, Echo.class)));
    routes.get(
        "/things/{id}",
        context ->
            context.json(
                Requests.parse(
                    "path parameter id", () -> Integer.parseUnsignedInt(context.pathParam("id")))));
    routes.get("/broken/{how}", context -> fail(context.pathParam("how")));
    routes.get("/paths/<rest>", context -> context.result(context.pathParam("rest")));
  }

  @Override
  public Readiness readiness() {
    return readiness;
  }

  private static void fail(String how) throws InterruptedException {
    switch (how) {
      case "chain" -> throw new ChainUnavailableException("http://secret:8545 refused");
      case "bug" -> throw new IllegalStateException("secret internals");
      case "error" -> throw new StackOverflowError("secret depths");
      case "slow" -> new CountDownLatch(1).await();
      default -> throw Problem.of(422, "sample_refused", "Refused", how).asException();
    }
  }
}
