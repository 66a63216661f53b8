package org.earnest.kit.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JavalinJackson3;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.earnest.kit.json.StrictJson;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** How Javalin and the Jetty below it are set up. */
final class HostServer {
  static final int MAX_HEADER_BYTES = 16 * 1024;
  static final long IDLE_MILLIS = 30_000;
  static final long STOP_MILLIS = 2_000;
  static final long STOP_IDLE_MILLIS = 50;

  private static final Logger LOG = LoggerFactory.getLogger(HostServer.class);
  private static final Set<HandlerType> TAKES_BODY = Set.of(HandlerType.POST, HandlerType.PUT);
  private static final String SERVICE_LOG_KEY = "service";

  private HostServer() {}

  static Javalin create(
      List<HttpService> services,
      OriginGuard guard,
      TimeBound timeBound,
      Listeners listeners,
      HostMetrics metrics) {
    List<RouteTable.Route> routes =
        services.stream().flatMap(service -> RouteTable.of(service).stream()).toList();
    refuseDuplicates(routes);
    return Javalin.create(
        config -> {
          server(config);
          bounds(config);
          errors(config);
          config.routes.before(HostServer::begin);
          config.routes.before(guard::check);
          routes.forEach(
              route ->
                  config.routes.addHttpHandler(
                      route.method(), route.path(), handler(route, timeBound, listeners)));
          config.requestLogger.http(
              (context, millis) -> {
                metrics.record(context, millis);
                LOG.debug("{} {} {}", context.method(), context.path(), context.statusCode());
                MDC.clear();
              });
        });
  }

  private static void server(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.jsonMapper(new JavalinJackson3(StrictJson.mapper(), true));
    config.jetty.modifyServer(
        server -> {
          server.setStopTimeout(STOP_MILLIS);
          server.setErrorHandler(new JettyErrors());
        });
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setRequestHeaderSize(MAX_HEADER_BYTES);
          http.setIdleTimeout(IDLE_MILLIS);
          http.setSendServerVersion(false);
          // A DID URL in a path is percent-encoded with its own slashes and percent signs.
          http.setUriCompliance(
              UriCompliance.from("RFC3986,AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_PATH_ENCODING"));
        });
  }

  private static void bounds(JavalinConfig config) {
    config.http.maxRequestSize = Host.MAX_BODY_BYTES;
    config.http.prefer405over404 = true;
    config.http.compressionStrategy = CompressionStrategy.NONE;
  }

  private static void errors(JavalinConfig config) {
    config.routes.exception(Exception.class, Failures::answer);
    // The framework answers its own by itself unless they are named.
    config.routes.exception(HttpResponseException.class, Failures::answer);
    config.router.javaLangErrorHandler(Failures::answer);
  }

  /** Idle connections are no reason to wait at the end. */
  static Javalin hurried(Javalin server) {
    for (Connector connector : server.jettyServer().server().getConnectors()) {
      if (connector instanceof AbstractConnector listening) {
        listening.setShutdownIdleTimeout(STOP_IDLE_MILLIS);
      }
    }
    return server;
  }

  private static void begin(io.javalin.http.Context context) {
    MDC.put(Trace.LOG_KEY, Trace.begin(context).traceId());
    context.header("X-Content-Type-Options", "nosniff");
  }

  private static Handler handler(RouteTable.Route route, TimeBound timeBound, Listeners listeners) {
    Handler bounded =
        switch (route.work()) {
          case RouteTable.Work.Answer answer -> timeBound.around(answer.handler());
          case RouteTable.Work.Tell tell -> listeners.around(tell.stream());
        };
    return context -> {
      MDC.put(SERVICE_LOG_KEY, route.service());
      HostMetrics.matched(context, route);
      if (TAKES_BODY.contains(route.method())) {
        JsonBodies.require(context);
      }
      bounded.handle(context);
    };
  }

  private static void refuseDuplicates(List<RouteTable.Route> routes) {
    Set<String> seen = new HashSet<>();
    for (RouteTable.Route route : routes) {
      if (!seen.add(route.method() + " " + route.path())) {
        throw new IllegalArgumentException(route + " is mounted twice");
      }
    }
  }
}
