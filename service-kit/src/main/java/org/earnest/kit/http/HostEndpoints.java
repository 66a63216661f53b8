package org.earnest.kit.http;

import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.kit.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host's own routes: how it is, what it counts, what it serves. */
final class HostEndpoints implements HttpService {
  private static final Problem UNKNOWN_SERVICE =
      Problem.notFound("unknown_service", "No such service; /status lists them.");
  private static final Logger LOG = LoggerFactory.getLogger(HostEndpoints.class);

  private final List<HttpService> services;
  private final Map<String, Readiness.Probe> probes;
  private final Map<String, Supplier<?>> progress;
  private final PrometheusMeterRegistry metrics;
  private final OpenApiDocuments documents;
  private final Instant startedAt = Instant.now();

  HostEndpoints(
      List<HttpService> services,
      Map<String, Readiness.Probe> probes,
      Map<String, Supplier<?>> progress,
      PrometheusMeterRegistry metrics) {
    this.services = services;
    this.probes = probes;
    this.progress = progress;
    this.metrics = metrics;
    this.documents = OpenApiDocuments.load(this, services);
  }

  @Override
  public String name() {
    return "host";
  }

  @Override
  public String openApiResource() {
    return "openapi.json";
  }

  @Override
  public void routes(Routes routes) {
    routes.get("/health", this::health);
    routes.get("/ready", this::ready);
    routes.get("/metrics", this::metrics);
    routes.get("/status", this::status);
    routes.get("/openapi.json", context -> json(context, documents.merged()));
    routes.get("/openapi/{service}.json", this::openApi);
  }

  private void health(Context context) {
    Map<String, String> byService = new LinkedHashMap<>();
    services.forEach(service -> byService.put(service.name(), service.healthy() ? "up" : "down"));
    boolean up = !byService.containsValue("down");
    context.status(up ? 200 : 503).json(new Health(up ? "up" : "down", byService));
  }

  private void ready(Context context) {
    Map<String, ReadyPart> parts = new LinkedHashMap<>();
    probes.forEach((name, probe) -> parts.put(name, ask(name, probe)));
    services.forEach(service -> parts.put(service.name(), ask(service.name(), service::readiness)));
    boolean ready = parts.values().stream().allMatch(part -> part.status().equals(READY));
    context.status(ready ? 200 : 503).json(new ReadyReport(ready ? READY : NOT_READY, parts));
  }

  private static ReadyPart ask(String name, Readiness.Probe probe) {
    try {
      return switch (probe.ask()) {
        case Readiness.Ready() -> new ReadyPart(READY, Optional.empty());
        case Readiness.NotReady(String reason) -> new ReadyPart(NOT_READY, Optional.of(reason));
      };
    } catch (RuntimeException failure) {
      LOG.warn("{} could not say whether it is ready", name, failure);
      return new ReadyPart(NOT_READY, Optional.of("It could not be asked."));
    }
  }

  private void metrics(Context context) {
    context.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
  }

  private void status(Context context) {
    List<ServiceStatus> list =
        services.stream()
            .map(service -> new ServiceStatus(service.name(), Version.current(), link(service)))
            .toList();
    long uptime = Duration.between(startedAt, Instant.now()).toSeconds();
    Map<String, Object> figures = new LinkedHashMap<>();
    progress.forEach((name, told) -> figures.put(name, told.get()));
    context.json(
        new Status("earnest", Version.current(), startedAt.toString(), uptime, list, figures));
  }

  private static String link(HttpService service) {
    return "/openapi/" + service.name() + ".json";
  }

  private void openApi(Context context) {
    String service = context.pathParam("service");
    documents
        .of(service)
        .ifPresentOrElse(document -> json(context, document), () -> UNKNOWN_SERVICE.send(context));
  }

  private static void json(Context context, byte[] document) {
    context.contentType("application/json").result(document);
  }

  private static final String READY = "ready";
  private static final String NOT_READY = "not_ready";

  private record Health(String status, Map<String, String> services) {}

  private record ReadyReport(String status, Map<String, ReadyPart> checks) {}

  private record ReadyPart(String status, Optional<String> reason) {}

  private record ServiceStatus(String name, String version, String openapi) {}

  private record Status(
      String name,
      String version,
      String startedAt,
      long uptimeSeconds,
      List<ServiceStatus> services,
      Map<String, Object> progress) {}
}
