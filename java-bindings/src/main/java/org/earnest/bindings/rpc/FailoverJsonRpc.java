package org.earnest.bindings.rpc;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One chain behind several URLs. The first URL that is well is asked; what fails is asked of the
 * next, and repeated within a bounded time. Where there is more than one URL, receipts, canonical
 * blocks and counts of transactions are believed only when two say the same: with one of two down
 * nothing is confirmed, with one of three all goes on.
 */
public final class FailoverJsonRpc implements JsonRpc {
  /** More are a mistake, and would cost more than they tell. */
  public static final int MAX_URLS = 8;

  private static final Logger LOG = LoggerFactory.getLogger(FailoverJsonRpc.class);

  /** How one of several calls is answered. */
  private enum Way {
    /** By the first that answers, in a request with others. */
    OF_ONE,
    /** By two that say the same, in a request with others. */
    OF_TWO,
    /** Singly: it depends on the newest block that two have, or on what is pending. */
    OF_NEWEST
  }

  private final Endpoints endpoints;
  private final AgreedAnswers agreed;
  private final Repetition repetition;
  private final RpcSettings settings;

  private FailoverJsonRpc(List<Endpoint> nodes, Caip2ChainId chain, RpcSettings settings) {
    this.endpoints = new Endpoints(nodes);
    this.agreed = new AgreedAnswers(endpoints, chain);
    this.repetition = new Repetition(settings);
    this.settings = settings;
  }

  /**
   * Takes the chain that the URLs serve. One that does not answer now is asked later which it
   * serves, before anything else.
   *
   * @param urls in the order in which they are to be asked
   * @throws IllegalArgumentException when one is no absolute http or https URL, or there are none,
   *     too many, or the same twice
   * @throws WrongChainException when they serve different chains
   * @throws ChainUnavailableException when none of them answers
   */
  public static FailoverJsonRpc connect(List<URI> urls) {
    return connect(urls, Optional.empty(), RpcSettings.DEFAULT);
  }

  /**
   * The same, insisting on one chain and with other times.
   *
   * @throws WrongChainException when one serves another chain, too
   */
  public static FailoverJsonRpc connect(
      List<URI> urls, Optional<Caip2ChainId> expected, RpcSettings settings) {
    List<HttpJsonRpc> nodes = nodes(urls);
    Map<HttpJsonRpc, Caip2ChainId> served = served(nodes, settings);
    Caip2ChainId chain = expected.orElseGet(() -> served.values().iterator().next());
    if (served.values().stream().anyMatch(other -> !other.equals(chain))) {
      throw new WrongChainException(chain + " is wanted, " + told(served) + ": check the RPC URLs");
    }
    List<Endpoint> endpoints =
        nodes.stream()
            .map(node -> new Endpoint(node, chain, settings, served.containsKey(node)))
            .toList();
    return new FailoverJsonRpc(endpoints, chain, settings);
  }

  /**
   * Asks nobody now: each is asked which chain it serves before anything else, and refused where it
   * is another.
   *
   * @param urls in the order in which they are to be asked
   * @throws IllegalArgumentException as {@link #connect}
   */
  public static FailoverJsonRpc unasked(List<URI> urls, Caip2ChainId chain) {
    RpcSettings settings = RpcSettings.DEFAULT;
    return new FailoverJsonRpc(
        nodes(urls).stream().map(node -> new Endpoint(node, chain, settings, false)).toList(),
        chain,
        settings);
  }

  private static List<HttpJsonRpc> nodes(List<URI> urls) {
    if (urls.isEmpty()
        || urls.size() > MAX_URLS
        || urls.stream().distinct().count() < urls.size()) {
      throw new IllegalArgumentException("one to " + MAX_URLS + " different RPC URLs are needed");
    }
    return urls.stream().map(HttpJsonRpc::to).toList();
  }

  private static String told(Map<HttpJsonRpc, Caip2ChainId> served) {
    return served.entrySet().stream()
        .map(entry -> entry.getKey().origin() + " serves " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static Map<HttpJsonRpc, Caip2ChainId> served(
      List<HttpJsonRpc> nodes, RpcSettings settings) {
    Map<HttpJsonRpc, Caip2ChainId> served = new LinkedHashMap<>();
    List<ChainUnavailableException> failures = new ArrayList<>();
    Repetition repetition = new Repetition(settings);
    for (HttpJsonRpc node : nodes) {
      try {
        served.put(node, repetition.of(() -> Endpoint.chainId(node, settings.attemptTimeout())));
      } catch (ChainUnavailableException e) {
        LOG.warn("{}; it will be asked again", e.getMessage());
        failures.add(e);
      }
    }
    if (served.isEmpty()) {
      throw failures.getLast();
    }
    return served;
  }

  @Override
  public RpcReply call(String method, Object... params) {
    if (method.equals(RpcMethods.SEND)) {
      return callAll(List.of(RpcCall.of(method, params))).getFirst();
    }
    Deadline deadline = Deadline.in(settings.callTimeout());
    if (!RpcMethods.repeatable(method)) {
      return endpoints.askOnce(deadline, method, params);
    }
    return repetition.of(() -> answer(deadline, RpcCall.of(method, params)));
  }

  /** In one request to each node, but for what depends on the newest block where two agree. */
  @Override
  public List<RpcReply> callAll(List<RpcCall> calls) {
    if (!calls.stream().allMatch(call -> RpcMethods.repeatable(call.method()))) {
      return JsonRpc.super.callAll(calls);
    }
    Deadline deadline = Deadline.in(settings.callTimeout());
    Map<Way, List<Integer>> places = new EnumMap<>(Way.class);
    for (int place = 0; place < calls.size(); place++) {
      places.computeIfAbsent(way(calls.get(place)), way -> new ArrayList<>()).add(place);
    }
    RpcReply[] replies = new RpcReply[calls.size()];
    places.forEach(
        (way, those) -> {
          List<RpcReply> told = ask(deadline, way, those.stream().map(calls::get).toList());
          for (int i = 0; i < those.size(); i++) {
            replies[those.get(i)] = told.get(i);
          }
        });
    return List.of(replies);
  }

  private Way way(RpcCall call) {
    if (endpoints.single() || !AgreedAnswers.concern(call.method())) {
      return Way.OF_ONE;
    }
    return agreed.question(call).isPresent() ? Way.OF_TWO : Way.OF_NEWEST;
  }

  private List<RpcReply> ask(Deadline deadline, Way way, List<RpcCall> calls) {
    return switch (way) {
      case OF_ONE -> answers(deadline, calls);
      case OF_TWO -> {
        AgreedBatch batch = agreed.batch(calls);
        yield repetition.of(() -> batch.ask(deadline));
      }
      case OF_NEWEST ->
          calls.stream().map(call -> repetition.of(() -> answer(deadline, call))).toList();
    };
  }

  private List<RpcReply> answers(Deadline deadline, List<RpcCall> calls) {
    List<RpcCall> signed =
        calls.stream().filter(call -> call.method().equals(RpcMethods.SEND)).toList();
    if (!signed.isEmpty()) {
      spread(signed);
    }
    return all(calls, rest -> repetition.of(() -> endpoints.askSome(deadline, rest)));
  }

  /** What was answered is not asked again when the rest fails. */
  private static List<RpcReply> all(
      List<RpcCall> calls, Function<List<RpcCall>, List<RpcReply>> some) {
    List<RpcReply> replies = new ArrayList<>();
    while (replies.size() < calls.size()) {
      replies.addAll(some.apply(calls.subList(replies.size(), calls.size())));
    }
    return replies;
  }

  private RpcReply answer(Deadline deadline, RpcCall call) {
    return (endpoints.single() ? Optional.<RpcReply>empty() : agreed.ask(deadline, call))
        .orElseGet(() -> endpoints.ask(deadline, call));
  }

  /**
   * Gives signed bytes to the other nodes as well, and waits for none of them: one that takes a
   * transaction and does nothing with it must not be able to hold it back.
   */
  private void spread(List<RpcCall> signed) {
    endpoints.candidates().stream()
        .skip(1)
        .forEach(
            other ->
                Thread.startVirtualThread(
                    () -> {
                      try {
                        Deadline deadline = Deadline.in(settings.callTimeout());
                        var unused = all(signed, rest -> other.askSome(deadline, rest));
                      } catch (ChainUnavailableException e) {
                        LOG.debug("{}", e.getMessage());
                      }
                    }));
  }
}
