package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.List;
import org.earnest.bindings.contract.ReputationRegistry;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;

/** What ERC-8004's reputation registry knows. */
public final class ReputationRegistryReads {
  private final ReputationRegistry abi;
  private final ContractReads reads;

  public ReputationRegistryReads(ChainReader chain, EvmAddress registry) {
    this.abi = Wrappers.reputationRegistry(registry);
    this.reads = new ContractReads(chain, registry);
  }

  /** The index of a client's last entry; 0 if it has none. */
  public long lastIndex(BigInteger agentId, EvmAddress client, BlockTag at) {
    return reads.read(
        abi.getLastIndex(agentId, client.hex()),
        at,
        values -> values.get(0, BigInteger.class).longValueExact());
  }

  /**
   * The registry's own summary.
   *
   * @param clients whose feedback counts; at least one
   * @param tag1 empty for any
   * @param tag2 empty for any
   */
  public Summary summary(
      BigInteger agentId, List<EvmAddress> clients, String tag1, String tag2, BlockTag at) {
    return reads.read(
        abi.getSummary(agentId, clients.stream().map(EvmAddress::hex).toList(), tag1, tag2),
        at,
        values ->
            new Summary(
                values.get(0, BigInteger.class).longValueExact(),
                values.get(1, BigInteger.class),
                values.get(2, BigInteger.class).intValueExact()));
  }

  /**
   * An average.
   *
   * @param count entries that were not revoked
   * @param value fixed point, with {@code decimals}
   */
  public record Summary(long count, BigInteger value, int decimals) {}
}
