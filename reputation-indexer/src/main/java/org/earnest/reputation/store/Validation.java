package org.earnest.reputation.store;

import java.util.Optional;
import java.util.OptionalLong;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;

/**
 * What an agent asked a validator, and what was answered last.
 *
 * @param log the request's
 * @param time of the log's block, in seconds since 1970; empty until anybody told it
 * @param uri a stranger's text
 */
public record Validation(
    LogRef log,
    OptionalLong time,
    Hash32 request,
    EvmAddress validator,
    String uri,
    Optional<Response> response) {

  /**
   * An answer.
   *
   * @param time of the log's block, in seconds since 1970; empty until anybody told it
   * @param value 0 to 100
   * @param uri a stranger's text, as the tag is
   */
  public record Response(
      LogRef log, OptionalLong time, int value, String tag, String uri, Hash32 hash) {}
}
