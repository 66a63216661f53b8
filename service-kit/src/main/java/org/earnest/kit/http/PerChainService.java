package org.earnest.kit.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.earnest.core.chain.Caip2ChainId;
import tools.jackson.databind.node.ObjectNode;

/**
 * One service of each of several chains, with one face: every route stands below {@code
 * /chains/{chainId}}, and one with a parameter that names its chain by itself answers where it
 * stood, too. The others say there which chains there are to choose from.
 */
public final class PerChainService implements HttpService {
  static final String CHAIN = "chainId";
  static final String PREFIX = "/chains/{" + CHAIN + "}";

  private final Map<Caip2ChainId, HttpService> services;
  private final ByName named;

  /**
   * What names its chain by itself.
   *
   * @param inPath a path parameter
   * @param inQuery a query parameter of routes that have no such part of the path
   * @param chain that a value names; empty where it names none
   */
  public record ByName(
      String inPath, String inQuery, Function<String, Optional<Caip2ChainId>> chain) {
    boolean isIn(String path) {
      return path.contains("{" + inPath + "}");
    }
  }

  private record Place(String method, String path) {}

  /**
   * The services as one.
   *
   * @param services at least one; they differ in nothing but the chain
   */
  public PerChainService(Map<Caip2ChainId, ? extends HttpService> services, ByName named) {
    this.services = new LinkedHashMap<>(services);
    this.named = named;
  }

  private HttpService any() {
    return services.values().iterator().next();
  }

  @Override
  public String name() {
    return any().name();
  }

  @Override
  public String openApiResource() {
    return any().openApiResource();
  }

  @Override
  public ObjectNode openApi() {
    return new PerChainDocument(services.keySet(), named).of(any().openApi());
  }

  @Override
  public boolean healthy() {
    return services.values().stream().allMatch(HttpService::healthy);
  }

  @Override
  public Readiness readiness() {
    String reasons =
        services.entrySet().stream()
            .flatMap(each -> reason(each.getKey(), each.getValue().readiness()).stream())
            .collect(Collectors.joining("; "));
    return reasons.isEmpty() ? Readiness.ready() : Readiness.notReady(reasons);
  }

  private static Optional<String> reason(Caip2ChainId chain, Readiness readiness) {
    return readiness instanceof Readiness.NotReady(String why)
        ? Optional.of(chain + ": " + why)
        : Optional.empty();
  }

  @Override
  public void routes(Routes routes) {
    Map<Place, Map<Caip2ChainId, RouteTable.Work>> works = new LinkedHashMap<>();
    services.forEach(
        (chain, service) ->
            RouteTable.of(service)
                .forEach(
                    route ->
                        works
                            .computeIfAbsent(
                                new Place(route.method().name(), route.path()),
                                place -> new LinkedHashMap<>())
                            .put(chain, route.work())));
    works.forEach(
        (place, work) -> {
          String path = place.path();
          add(routes, new Place(place.method(), PREFIX + path), work, this::chosen);
          add(routes, place, work, named.isIn(path) ? this::inPath : this::inQuery);
        });
  }

  private static void add(
      Routes routes,
      Place place,
      Map<Caip2ChainId, RouteTable.Work> works,
      Function<Context, Caip2ChainId> choice) {
    Handler answer =
        context -> {
          switch (of(works, choice.apply(context))) {
            case RouteTable.Work.Answer(Handler handler) -> handler.handle(context);
            case RouteTable.Work.Tell stream -> throw differs(place);
          }
        };
    if (works.values().iterator().next() instanceof RouteTable.Work.Tell) {
      routes.stream(
          place.path(),
          (context, listener) -> {
            switch (of(works, choice.apply(context))) {
              case RouteTable.Work.Tell(var stream) -> stream.tell(context, listener);
              case RouteTable.Work.Answer other -> throw differs(place);
            }
          });
      return;
    }
    switch (place.method()) {
      case "GET" -> routes.get(place.path(), answer);
      case "POST" -> routes.post(place.path(), answer);
      case "PUT" -> routes.put(place.path(), answer);
      case "DELETE" -> routes.delete(place.path(), answer);
      default -> throw new IllegalStateException("no route is added by " + place.method());
    }
  }

  private static RouteTable.Work of(Map<Caip2ChainId, RouteTable.Work> works, Caip2ChainId chain) {
    RouteTable.Work work = works.get(chain);
    if (work == null) {
      throw new IllegalStateException(chain + " lacks a route that another chain has");
    }
    return work;
  }

  private static IllegalStateException differs(Place place) {
    return new IllegalStateException("chains answer in different ways at " + place.path());
  }

  private Caip2ChainId chosen(Context context) {
    return followed(context.pathParam(CHAIN));
  }

  private Caip2ChainId inPath(Context context) {
    return named(Optional.of(context.pathParam(named.inPath())));
  }

  private Caip2ChainId inQuery(Context context) {
    return named(Optional.ofNullable(context.queryParam(named.inQuery())));
  }

  private Caip2ChainId named(Optional<String> value) {
    return value
        .flatMap(named.chain())
        .map(chain -> followed(chain.reference()))
        .orElseGet(this::none);
  }

  private Caip2ChainId followed(String reference) {
    return services.keySet().stream()
        .filter(chain -> chain.reference().equals(reference))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.notFound(
                        "chain_not_followed", "The chains that are followed are " + all() + ".")
                    .asException());
  }

  private Caip2ChainId none() {
    throw Problem.of(
            400,
            "chain_needed",
            "Several chains are followed",
            "Ask below /chains/CHAIN, with one of " + all() + ".")
        .asException();
  }

  private String all() {
    return services.keySet().stream()
        .map(Caip2ChainId::reference)
        .collect(Collectors.joining(", "));
  }
}
