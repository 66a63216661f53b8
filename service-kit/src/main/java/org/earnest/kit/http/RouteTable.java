package org.earnest.kit.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;

/** The routes that one service added. */
final class RouteTable implements Routes {
  /** One route of one service. */
  record Route(String service, HandlerType method, String path, Handler handler) {}

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

  private void add(HandlerType method, String path, Handler handler) {
    routes.add(new Route(service, method, path, handler));
  }
}
