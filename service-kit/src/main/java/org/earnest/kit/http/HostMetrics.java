package org.earnest.kit.http;

import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.concurrent.TimeUnit;

/** Times every request by service, method, route template and status. */
final class HostMetrics {
  static final String TIMER = "http.server.requests";

  private static final String ROUTE = HostMetrics.class.getName();

  /** One name for all of them: a stranger's paths must not become time series. */
  private static final String UNMATCHED = "unmatched";

  private final MeterRegistry registry;

  HostMetrics(MeterRegistry registry) {
    this.registry = registry;
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  static void matched(Context context, RouteTable.Route route) {
    context.attribute(ROUTE, route);
  }

  void record(Context context, float millis) {
    RouteTable.Route route = context.attribute(ROUTE);
    Timer.builder(TIMER)
        .tag("service", route == null ? "host" : route.service())
        .tag("method", route == null ? UNMATCHED : route.method().name())
        .tag("route", route == null ? UNMATCHED : route.path())
        .tag("status", Integer.toString(context.statusCode()))
        .register(registry)
        .record((long) (millis * 1000), TimeUnit.MICROSECONDS);
  }
}
