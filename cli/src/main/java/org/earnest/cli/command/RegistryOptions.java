package org.earnest.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.cli.did.RegistryChange;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.identity.Did;
import org.earnest.devnet.RpcUrls;
import org.earnest.did.ethr.EthrNetwork;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the changes of did:ethr identities are recorded. */
final class RegistryOptions {
  @Option(
      names = "--rpc-url",
      paramLabel = "URL",
      description = {
        "A node of the chain that a did:ethr lives on: http://127.0.0.1:8545.",
        "May be repeated for further nodes of the same chain, which then have to agree."
      })
  private List<String> urls = new ArrayList<>();

  @Option(
      names = "--registry",
      paramLabel = "ADDRESS",
      description = "The ERC-1056 registry there. Default: the chain's well-known one.")
  private @Nullable String registry;

  boolean isGiven() {
    return !urls.isEmpty() || registry != null;
  }

  /**
   * The network, where a node is named.
   *
   * @throws StartupException for what cannot be reached or is not known
   */
  List<EthrNetwork> networks() {
    if (urls.isEmpty()) {
      return List.of();
    }
    ChainReader reader = JsonRpcChainReader.connect(RpcUrls.connect(RpcUrls.parse(urls)));
    return List.of(
        address()
            .map(at -> EthrNetwork.withRegistry(at, reader))
            .or(() -> EthrNetwork.canonical(reader))
            .orElseThrow(
                () ->
                    new StartupException(
                        "registry_unknown",
                        "where the ERC-1056 registry of %s is, is not known"
                            .formatted(reader.chainId()),
                        "Name it with --registry")));
  }

  /**
   * A change of this identity.
   *
   * @throws StartupException likewise, and {@code rpc_url_missing}
   */
  RegistryChange change(Did did) {
    if (urls.isEmpty()) {
      throw new StartupException(
          "rpc_url_missing", "a did:ethr is changed on its chain", "Name a node with --rpc-url");
    }
    return RegistryChange.of(did, RpcUrls.parse(urls), address());
  }

  private Optional<EvmAddress> address() {
    return Optional.ofNullable(registry).map(RegistryOptions::account);
  }

  /**
   * An account as it was written.
   *
   * @throws StartupException {@code address_invalid}
   */
  static EvmAddress account(String text) {
    try {
      return ChecksumAddress.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "address_invalid", "an address is mistyped", "Write it as 0x and 40 digits");
    }
  }
}
