package org.earnest.reputation.store;

import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;

/**
 * What an agent asked a validator, and what was answered last.
 *
 * @param log the request's
 * @param uri a stranger's text
 */
public record Validation(
    LogRef log, Hash32 request, EvmAddress validator, String uri, Optional<Response> response) {

  /**
   * An answer.
   *
   * @param value 0 to 100
   * @param uri a stranger's text, as the tag is
   */
  public record Response(LogRef log, int value, String tag, String uri, Hash32 hash) {}
}
