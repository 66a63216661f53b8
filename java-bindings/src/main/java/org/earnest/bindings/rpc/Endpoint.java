package org.earnest.bindings.rpc;

import dev.failsafe.CircuitBreaker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of several URLs: whether it may be asked now, and how far its chain reaches. */
final class Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);
  private static final long UNKNOWN = -1;

  private final HttpJsonRpc http;
  private final Caip2ChainId expected;
  private final RpcSettings settings;
  private final CircuitBreaker<Object> breaker;
  private final Set<String> refusedMethods = ConcurrentHashMap.newKeySet();
  private volatile long lookAt;
  private volatile long restsUntil;
  private volatile long head = UNKNOWN;
  private volatile Optional<WrongChainException> refusal = Optional.empty();

  /**
   * One URL.
   *
   * @param looked whether it just said that it serves this chain
   */
  Endpoint(HttpJsonRpc http, Caip2ChainId expected, RpcSettings settings, boolean looked) {
    this.http = http;
    this.expected = expected;
    this.settings = settings;
    this.restsUntil = System.nanoTime();
    this.lookAt = looked ? restsUntil + settings.lookInterval().toNanos() : restsUntil;
    this.breaker =
        CircuitBreaker.<Object>builder()
            .withFailureThreshold(RpcSettings.FAILURES_TO_OPEN)
            .withSuccessThreshold(1)
            .withDelay(settings.breakerPause())
            .onOpen(event -> LOG.warn("{} fails: it is left alone for a while", name()))
            .onClose(event -> LOG.info("{} answers again", name()))
            .build();
  }

  String name() {
    return http.origin();
  }

  /** Whether it serves the chain, and neither failed too often lately nor asked for a pause. */
  boolean mayBeAsked() {
    return refusal.isEmpty() && pause().isZero() && !(breaker.isOpen() && waits());
  }

  private boolean waits() {
    return breaker.getRemainingDelay().compareTo(Duration.ZERO) > 0;
  }

  /** Whether nothing is held against it. */
  boolean isWell() {
    return breaker.isClosed();
  }

  /** What is left of the pause that it asked for. */
  Duration pause() {
    Duration left = Duration.ofNanos(restsUntil - System.nanoTime());
    return left.isNegative() ? Duration.ZERO : left;
  }

  Optional<WrongChainException> refusal() {
    return refusal;
  }

  /** The highest block that it has shown; less than any where it has shown none. */
  long head() {
    return head;
  }

  void showed(long block) {
    head = block;
  }

  /**
   * Asks it, once.
   *
   * @throws ChainUnavailableException when it may not be asked, or does not answer
   */
  RpcReply ask(Deadline deadline, String method, Object... params) {
    return ask(deadline, within -> http.call(within, method, params));
  }

  /** The same, for the first of several, as many as go at once. */
  List<RpcReply> askSome(Deadline deadline, List<RpcCall> calls) {
    return ask(deadline, within -> http.callSome(within, calls));
  }

  /** Told once for each method, as an old node may refuse every question about the past. */
  void tellOfRefusal(RpcCall call, RpcReply reply) {
    if (reply instanceof RpcReply.Failure failure && refusedMethods.add(call.method())) {
      LOG.info(
          "{} refuses {}: {} ({}); what it refuses is asked of the next",
          name(),
          call.method(),
          failure.message(),
          failure.code());
    }
  }

  /** When it must have answered whatever is asked of it now, in however many requests. */
  Deadline turn(Deadline deadline) {
    return Deadline.in(deadline.atMost(settings.attemptTimeout()));
  }

  private <T> T ask(Deadline deadline, Function<Duration, T> question) {
    if (!mayBeAsked() || !breaker.tryAcquirePermit()) {
      throw new ChainUnavailableException(name() + " is left alone for a while");
    }
    try {
      look(deadline);
      T reply = question.apply(timeout(deadline));
      breaker.recordSuccess();
      return reply;
    } catch (RateLimitedException e) {
      // It is there, and says so.
      breaker.recordSuccess();
      restsUntil = System.nanoTime() + e.pause().toNanos();
      LOG.info("{} is asked too often: it is left alone for {} ms", name(), e.pause().toMillis());
      throw e;
    } catch (WrongChainException | AnswerTooLargeException e) {
      breaker.recordSuccess();
      throw e;
    } catch (RuntimeException | Error e) {
      failed();
      throw e;
    }
  }

  /** An interrupt is its caller's doing, but a trial that was let through must have its end. */
  private void failed() {
    lookAt = System.nanoTime();
    if (!Thread.currentThread().isInterrupted() || !breaker.isClosed()) {
      breaker.recordFailure();
    }
  }

  private Duration timeout(Deadline deadline) {
    Duration time = deadline.atMost(settings.attemptTimeout());
    if (time.toMillis() <= 0) {
      throw new ChainUnavailableException("no time is left to ask " + name());
    }
    return time;
  }

  /** A URL may lead to another node tomorrow, above all after it did not answer. */
  private void look(Deadline deadline) {
    if (System.nanoTime() - lookAt < 0) {
      return;
    }
    Caip2ChainId served = chainId(http, timeout(deadline));
    if (!served.equals(expected)) {
      WrongChainException wrong =
          new WrongChainException(
              name() + " serves " + served + ", not " + expected + ": check the RPC URL");
      refusal = Optional.of(wrong);
      LOG.error("refused for good: {}", wrong.getMessage());
      throw wrong;
    }
    lookAt = System.nanoTime() + settings.lookInterval().toNanos();
  }

  static Caip2ChainId chainId(HttpJsonRpc http, Duration within) {
    return switch (http.call(within, RpcMethods.CHAIN_ID)) {
      case RpcReply.Result result ->
          JsonRpcChainReader.read(
              RpcMethods.CHAIN_ID, result.value(), id -> Caip2ChainId.eip155(RpcValues.number(id)));
      case RpcReply.Failure failure ->
          throw new ChainUnavailableException(
              http.origin() + " does not say which chain it serves: " + failure.message());
    };
  }
}
