package org.earnest.kit.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;

/** The routes that one service added. */
final class RouteTable implements Routes {
  /** One route of one service. */
  record Route(String service, HandlerType method, String path, Work work) {}

  /** What a route does. */
  sealed interface Work {
    /** Answers, within the bound on a request's time. */
    record Answer(Handler handler) implements Work {}

    /** Tells events until the listener or the host ends. */
    record Tell(EventStream stream) implements Work {}
  }

  private final String service;
  private final List<Route> routes = new ArrayList<>();

  private RouteTable(String service) {
    this.service = service;
  }

  static List<Route> of(HttpService service) {
    RouteTable table = new RouteTable(service.name());
    service.routes(table);
    return List.copyOf(table.routes);
  }

  @Override
  public void get(String path, Handler handler) {
    add(HandlerType.GET, path, handler);
  }

  @Override
  public void post(String path, Handler handler) {
    add(HandlerType.POST, path, handler);
  }

  @Override
  public void put(String path, Handler handler) {
    add(HandlerType.PUT, path, handler);
  }

  @Override
  public void delete(String path, Handler handler) {
    add(HandlerType.DELETE, path, handler);
  }

  @Override
  public void stream(String path, EventStream stream) {
    routes.add(new Route(service, HandlerType.GET, path, new Work.Tell(stream)));
  }

  private void add(HandlerType method, String path, Handler handler) {
    routes.add(new Route(service, method, path, new Work.Answer(handler)));
  }
}
