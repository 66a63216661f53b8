package org.earnest.cli.indexer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.earnest.bindings.call.DealEscrowReads;
import org.earnest.bindings.call.ReputationRegistryReads;
import org.earnest.bindings.call.ValidationRegistryReads;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.process.StartupException;
import org.earnest.reputation.chain.FollowedContracts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The followed contracts as the chain has them: that they are there, belong together, and since.
 */
record DeployedContracts(ChainReader chain, FollowedContracts contracts) {
  private static final Logger LOG = LoggerFactory.getLogger(DeployedContracts.class);

  private static final String NO_CODE = "0x";

  /**
   * Refuses what cannot be followed: it would look like a deployment that nobody uses.
   *
   * @throws StartupException {@code contract_missing} or {@code contracts_apart}
   */
  void require() {
    named().forEach(this::requireCode);
    requireSame(
        "--reputation",
        contracts.reputationRegistry(),
        new ReputationRegistryReads(chain, contracts.reputationRegistry())
            .identityRegistry(BlockTag.Named.LATEST));
    contracts
        .validationRegistry()
        .ifPresent(
            registry ->
                requireSame(
                    "--validation",
                    registry,
                    new ValidationRegistryReads(chain, registry)
                        .identityRegistry(BlockTag.Named.LATEST)));
    contracts
        .dealEscrow()
        .ifPresent(
            escrow ->
                requireSame(
                    "--escrow",
                    escrow,
                    new DealEscrowReads(chain, escrow).identityRegistry(BlockTag.Named.LATEST)));
  }

  /**
   * The block that the first of them was made in, found by asking for their code at earlier blocks;
   * 0 where the node has no state of those.
   */
  long firstBlock() {
    long newest =
        chain
            .block(BlockTag.Named.LATEST)
            .orElseThrow(() -> new ChainUnavailableException("the chain has no newest block"))
            .ref()
            .number();
    try {
      return contracts.addresses().stream().mapToLong(one -> made(one, newest)).min().orElse(0);
    } catch (ChainUnavailableException untold) {
      LOG.warn(
          "the node does not tell when the contracts were made ({}), so the chain is read from its"
              + " beginning; --from-block spares that",
          untold.getMessage());
      return 0;
    }
  }

  private long made(EvmAddress contract, long newest) {
    long without = -1;
    long with = newest;
    while (with - without > 1) {
      long middle = without + (with - without) / 2;
      if (hasCode(contract, new BlockTag.Height(middle))) {
        with = middle;
      } else {
        without = middle;
      }
    }
    return with;
  }

  private Map<String, EvmAddress> named() {
    Map<String, EvmAddress> named = new LinkedHashMap<>();
    named.put("--identity", contracts.identityRegistry());
    named.put("--reputation", contracts.reputationRegistry());
    contracts.validationRegistry().ifPresent(registry -> named.put("--validation", registry));
    contracts.dealEscrow().ifPresent(escrow -> named.put("--escrow", escrow));
    return named;
  }

  private void requireCode(String option, EvmAddress address) {
    if (!hasCode(address, BlockTag.Named.LATEST)) {
      throw new StartupException(
          "contract_missing",
          "there is no contract at %s on %s, for %s"
              .formatted(ChecksumAddress.of(address), contracts.chain(), option),
          "Check the address and the chain; a node that is still catching up may not have it yet");
    }
  }

  private void requireSame(String option, EvmAddress asked, Optional<EvmAddress> identity) {
    if (!identity.equals(Optional.of(contracts.identityRegistry()))) {
      throw new StartupException(
          "contracts_apart",
          "the contract at %s, for %s, belongs to %s and not to the identity registry %s"
              .formatted(
                  ChecksumAddress.of(asked),
                  option,
                  identity.map(ChecksumAddress::of).orElse("no identity registry"),
                  ChecksumAddress.of(contracts.identityRegistry())),
          "Name contracts of one deployment; the addresses may be in each other's place");
    }
  }

  private boolean hasCode(EvmAddress address, BlockTag at) {
    return !chain.code(address, at).equals(NO_CODE);
  }
}
