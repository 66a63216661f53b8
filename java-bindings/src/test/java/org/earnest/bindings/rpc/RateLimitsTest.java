package org.earnest.bindings.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RateLimitsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "-32005, rate limit exceeded",
    "-32005, compute unit quota exceeded",
    "-32005, limit exceeded",
    "-32029, whatever",
    "429, Your app has exceeded its compute units per second capacity.",
    "-32000, Your app has exceeded its compute units per second capacity.",
    "-32007, 50/second request limit reached - reduce calls per second",
    "-32022, 'over compute unit limit, retry in 3 seconds'",
    "-32603, Too Many Requests"
  })
  void theDialectsOfTooOftenAreKnown(int code, String message) {
    assertThat(RateLimits.isOne(failure(code, message))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "-32005, query returned more than 10000 results",
    "-32005, block range is too wide",
    "-32005, Log response size exceeded",
    "-32005, query timeout exceeded",
    "-32005, request timed out",
    "3, execution reverted: rate limit exceeded",
    "-32603, VM Exception: reverted with reason string 'Too Many Requests'",
    "-32000, nonce too low",
    "-32601, the method does not exist"
  })
  void anAnswerIsNotTakenForOne(int code, String message) {
    assertThat(RateLimits.isOne(failure(code, message))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "' 0 ', 0",
    "99999, 60",
    "'Thu, 1 Jan 2026 00:00:05 GMT', 5",
    "'Thu, 1 Jan 2026 09:00:00 GMT', 60",
    "'Wed, 31 Dec 2025 23:59:59 GMT', 0",
    "-5, 1",
    "soon, 1",
    "99999999999999999999, 1"
  })
  void retryAfterIsReadAndBounded(String header, long seconds) {
    assertThat(RateLimits.pause(Optional.of(header), NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void withoutItThereIsAShortPause() {
    assertThat(RateLimits.pause(Optional.empty(), NOW)).isEqualTo(RateLimits.DEFAULT_PAUSE);
  }

  private static RpcReply.Failure failure(int code, String message) {
    return new RpcReply.Failure(code, message, Optional.empty());
  }
}
