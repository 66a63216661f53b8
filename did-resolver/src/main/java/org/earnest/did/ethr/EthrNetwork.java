package org.earnest.did.ethr;

import java.util.Map;
import java.util.Optional;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.Finality;

/**
 * A chain on which did:ethr identities live.
 *
 * @param registry the ERC-1056 registry and the chain to read it on; empty where none was ever
 *     deployed, so that nobody can have changed a document
 */
public record EthrNetwork(Caip2ChainId chain, Optional<Registry> registry) {
  private static final EvmAddress LATER_REGISTRY =
      new EvmAddress("0x03d5003bf0e79c5f5223588f347eba39afbc3818");

  private static final Map<Caip2ChainId, EvmAddress> CANONICAL =
      Map.of(
          Caip2ChainId.eip155(1),
          new EvmAddress("0xdca7ef03e98e0dc2b855be647c39abe984fcf21b"),
          Caip2ChainId.eip155(11_155_111),
          LATER_REGISTRY,
          Caip2ChainId.eip155(100),
          LATER_REGISTRY);

  /**
   * Where the changes of identities are recorded.
   *
   * @param confirmed the newest block that is believed
   */
  public record Registry(EvmAddress address, ChainReader reader, Finality confirmed) {}

  /**
   * A chain whose registry is at this address; its newest block is believed.
   *
   * @param reader one that reads this chain
   */
  public static EthrNetwork withRegistry(EvmAddress address, ChainReader reader) {
    return withRegistry(address, reader, new Finality.Depth(0));
  }

  /** The same, believing no block before it is confirmed. */
  public static EthrNetwork withRegistry(
      EvmAddress address, ChainReader reader, Finality confirmed) {
    return new EthrNetwork(reader.chainId(), Optional.of(new Registry(address, reader, confirmed)));
  }

  /**
   * A chain with the registry that is known to everybody there, as the method's own resolver lists
   * it; empty for chains of which none is known.
   */
  public static Optional<EthrNetwork> canonical(ChainReader reader) {
    return Optional.ofNullable(CANONICAL.get(reader.chainId()))
        .map(registry -> withRegistry(registry, reader));
  }

  /** A chain that has no registry: every identity has its default document. */
  public static EthrNetwork withoutRegistry(Caip2ChainId chain) {
    return new EthrNetwork(chain, Optional.empty());
  }
}
