package org.earnest.reputation.file;

import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.identity.AgentId;

/** Strangers' texts as domain values, where they are some. */
final class Parsed {
  private Parsed() {}

  static Optional<AgentId> agent(String text) {
    return value(() -> AgentId.parse(text));
  }

  static Optional<Hash32> hash(String text) {
    return value(() -> new Hash32(text));
  }

  /** By CAIP-10, or plain. */
  static Optional<EvmAddress> address(String text) {
    return text.indexOf(':') < 0
        ? value(() -> new EvmAddress(text))
        : value(() -> Caip10AccountId.parse(text).address());
  }

  /** By CAIP-2, or the number alone. */
  static Optional<Caip2ChainId> chain(String text) {
    return value(() -> Caip2ChainId.parse(text.indexOf(':') < 0 ? "eip155:" + text : text));
  }

  private static <T> Optional<T> value(Supplier<T> parser) {
    try {
      return Optional.of(parser.get());
    } catch (IllegalArgumentException senseless) {
      return Optional.empty();
    }
  }
}
