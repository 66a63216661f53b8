package org.earnest.bindings.rpc;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.function.Supplier;
import org.earnest.core.chain.ChainUnavailableException;

/** Does again what failed, where that may help and within the time of a call. */
final class Repetition {
  private final RetryPolicy<Object> policy;

  Repetition(RpcSettings settings) {
    Duration longest = settings.callTimeout().dividedBy(2);
    this.policy =
        RetryPolicy.builder()
            .handleIf(failure -> mayPass(failure, longest))
            .withMaxAttempts(RpcSettings.MAX_ROUNDS)
            .withMaxDuration(settings.callTimeout())
            .withBackoff(settings.firstPause(), settings.longestPause())
            .withDelayFnOn(
                context -> Repetition.afterPause(context.getLastException()),
                RateLimitedException.class)
            .withJitter(RpcSettings.JITTER)
            .build();
  }

  /** More than the pause, as the jitter may shorten it. */
  private static Duration afterPause(Throwable failure) {
    Duration pause = failure instanceof RateLimitedException e ? e.pause() : Duration.ZERO;
    return Duration.ofMillis(1 + (long) Math.ceil(pause.toMillis() / (1 - RpcSettings.JITTER)));
  }

  private static boolean mayPass(Throwable failure, Duration longestPause) {
    if (Thread.currentThread().isInterrupted()) {
      return false;
    }
    return switch (failure) {
      case UntoldException untold -> false;
      case WrongChainException wrong -> false;
      case AnswerTooLargeException large -> false;
      case RateLimitedException limited -> limited.pause().compareTo(longestPause) <= 0;
      case ChainUnavailableException unavailable -> true;
      default -> false;
    };
  }

  <T> T of(Supplier<T> call) {
    try {
      return Failsafe.with(policy).get(call::get);
    } catch (FailsafeException e) {
      Thread.currentThread().interrupt();
      throw new ChainUnavailableException("interrupted between two tries", e);
    }
  }
}
