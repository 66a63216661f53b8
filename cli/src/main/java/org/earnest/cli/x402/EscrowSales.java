package org.earnest.cli.x402;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;

/**
 * How a shop sells what can be disputed.
 *
 * @param operator a {@code CaptureOperator}
 * @param receiver sends the captures as the account that is paid, and pays their gas
 * @param nodes of the chain, at least one
 * @param captureWithin how long a payment may be captured; what the operator needs and a day more
 *     where it is empty
 */
public record EscrowSales(
    EvmAddress operator, EvmSigner receiver, List<URI> nodes, Optional<Duration> captureWithin) {
  public EscrowSales {
    nodes = List.copyOf(nodes);
  }
}
