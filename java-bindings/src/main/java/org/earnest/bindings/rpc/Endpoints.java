package org.earnest.bindings.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.earnest.core.chain.ChainUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The URLs of one chain, in the operator's order. */
final class Endpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);
  private static final long NONE = -1;

  private final List<Endpoint> all;
  private final AtomicReference<Endpoint> last;
  private volatile long agreedHead = NONE;

  Endpoints(List<Endpoint> all) {
    this.all = List.copyOf(all);
    this.last = new AtomicReference<>(all.getFirst());
  }

  /** With one there is nobody to compare it with. */
  boolean single() {
    return all.size() == 1;
  }

  int size() {
    return all.size();
  }

  /** Those that may be asked now; first the ones that nothing speaks against. */
  List<Endpoint> candidates() {
    return all.stream()
        .filter(Endpoint::mayBeAsked)
        .sorted(Comparator.comparing(endpoint -> isBehind(endpoint) || !endpoint.isWell()))
        .toList();
  }

  /** The highest block that two of them have shown; none before {@link #agreeOn}. */
  long agreedHead() {
    return agreedHead;
  }

  void agreeOn(long block) {
    agreedHead = block;
  }

  private boolean isBehind(Endpoint endpoint) {
    return endpoint.head() < agreedHead;
  }

  /** The answer of the first that gives one; the first refusal where nobody does. */
  RpcReply ask(Deadline deadline, RpcCall call) {
    return askSome(deadline, List.of(call)).getFirst();
  }

  /** The same, for the first of several, as many as go at once. */
  List<RpcReply> askSome(Deadline deadline, List<RpcCall> calls) {
    FirstAnswers answers = new FirstAnswers(calls);
    List<ChainUnavailableException> failures = new ArrayList<>();
    for (Endpoint endpoint : candidates()) {
      boolean begun = !answers.none() || !failures.isEmpty();
      if (answers.complete() || (begun && isOver(deadline))) {
        break;
      }
      try {
        requireHead(endpoint, deadline);
        boolean first = answers.none();
        answers.askOf(endpoint, deadline);
        if (first && !single()) {
          tellOfChange(endpoint, failures);
          answers.tellOfRefusals(endpoint);
        }
      } catch (ChainUnavailableException e) {
        failures.add(e);
      }
    }
    if (answers.none()) {
      throw failures.isEmpty() ? tooFew() : failures.getLast();
    }
    return answers.told();
  }

  private static boolean isOver(Deadline deadline) {
    return deadline.passed() || Thread.currentThread().isInterrupted();
  }

  /** The answer of the first that may be asked, and of no other. */
  RpcReply askOnce(Deadline deadline, String method, Object... params) {
    Endpoint first = candidates().stream().findFirst().orElseThrow(this::tooFew);
    return first.ask(deadline, method, params);
  }

  /** What one has not seen must not be asked of it: its answer would be of the past. */
  private void requireHead(Endpoint endpoint, Deadline deadline) {
    if (single() || !isBehind(endpoint)) {
      return;
    }
    RpcReply reply = endpoint.ask(deadline, RpcMethods.BLOCK_NUMBER);
    if (reply instanceof RpcReply.Result result) {
      endpoint.showed(number(result.value()));
    }
    if (isBehind(endpoint)) {
      throw new UntoldException(
          endpoint.name() + " lags: it is at block " + endpoint.head() + " of " + agreedHead);
    }
  }

  private static long number(JsonNode answer) {
    return JsonRpcChainReader.read(RpcMethods.BLOCK_NUMBER, answer, RpcValues::number);
  }

  private void tellOfChange(Endpoint endpoint, List<ChainUnavailableException> failures) {
    Endpoint before = last.getAndSet(endpoint);
    if (before != endpoint) {
      String why = failures.isEmpty() ? "it may be asked again" : failures.getLast().getMessage();
      LOG.warn("now {} is asked, before it was {}: {}", endpoint.name(), before.name(), why);
    }
  }

  /** Why there are not enough candidates, and when there may be. */
  ChainUnavailableException tooFew() {
    Optional<Duration> pause =
        all.stream()
            .map(Endpoint::pause)
            .filter(left -> !left.isZero())
            .min(Comparator.naturalOrder());
    if (pause.isPresent()) {
      return new RateLimitedException("the nodes limit the rate of calls", pause.get());
    }
    Optional<WrongChainException> refusal =
        all.stream().flatMap(endpoint -> endpoint.refusal().stream()).findFirst();
    if (refusal.isPresent()) {
      return refusal.get();
    }
    String resting =
        all.stream()
            .filter(endpoint -> !endpoint.mayBeAsked())
            .map(Endpoint::name)
            .collect(Collectors.joining(", "));
    return new UntoldException(
        "not enough nodes can be asked; failed again and again, and left alone for a while: "
            + resting);
  }
}
