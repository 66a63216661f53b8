package org.earnest.cli.indexer;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.reputation.chain.PaymentTokens;

/**
 * How the files are read that agents and clients point to.
 *
 * @param ipfsGateway what serves {@code ipfs:} files; without one they are not read
 * @param paymentTokens whose transfers prove payments, besides the USDC of the chain
 */
public record FileSettings(Optional<URI> ipfsGateway, Set<EvmAddress> paymentTokens) {
  public static final FileSettings NONE = new FileSettings(Optional.empty(), Set.of());

  public FileSettings {
    paymentTokens = Set.copyOf(paymentTokens);
  }

  /** Whose transfers prove payments on a chain. */
  Set<EvmAddress> paymentTokens(Caip2ChainId chain) {
    return Stream.concat(paymentTokens.stream(), PaymentTokens.usdc(chain).stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
