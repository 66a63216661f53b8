package org.earnest.cli.indexer;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.earnest.core.chain.EvmAddress;

/**
 * How the files are read that agents and clients point to.
 *
 * @param ipfsGateway what serves {@code ipfs:} files; without one they are not read
 * @param paymentTokens whose transfers prove payments
 */
public record FileSettings(Optional<URI> ipfsGateway, Set<EvmAddress> paymentTokens) {
  public static final FileSettings NONE = new FileSettings(Optional.empty(), Set.of());

  public FileSettings {
    paymentTokens = Set.copyOf(paymentTokens);
  }
}
