package org.earnest.did.ethr;

import java.math.BigInteger;
import java.util.List;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Function;

/** Reads the ERC-1056 registry of a network. */
final class EthrRegistryReader {
  private static final int WORD_TEXT = 2 + 2 * 32;

  private EthrRegistryReader() {}

  /**
   * The block of the identity's latest change; zero when there was none.
   *
   * @throws ChainUnavailableException when the chain does not answer, or not as a registry does
   */
  static BigInteger changed(EthrNetwork.Registry registry, EvmAddress identity) {
    Function function = new Function("changed", List.of(new Address(identity.hex())), List.of());
    ChainCall call = new ChainCall(registry.address(), FunctionEncoder.encode(function));
    return switch (registry.reader().call(call, BlockTag.Named.LATEST)) {
      case CallOutcome.Returned returned -> decode(registry, returned.data());
      case CallOutcome.Reverted reverted -> throw notARegistry(registry);
    };
  }

  private static BigInteger decode(EthrNetwork.Registry registry, String data) {
    if (data.length() != WORD_TEXT) {
      throw notARegistry(registry);
    }
    return new BigInteger(1, Hex.decode(data));
  }

  private static ChainUnavailableException notARegistry(EthrNetwork.Registry registry) {
    return new ChainUnavailableException(
        registry.address()
            + " on "
            + registry.reader().chainId()
            + " does not answer as an ERC-1056 registry; check the configured address");
  }
}
