package org.earnest.cli.command;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.earnest.devnet.RpcUrls;
import picocli.CommandLine.Option;

/** A development chain that runs already. */
final class RpcUrlOption {
  @Option(
      names = "--rpc-url",
      paramLabel = "URL",
      description = {
        "Use the anvil or Hardhat behind this URL instead of starting a chain:"
            + " http://127.0.0.1:8545.",
        "May be repeated for further nodes of the same chain, which then have to agree."
      })
  private List<String> urls = new ArrayList<>();

  /**
   * The nodes to use; none to start a chain.
   *
   * @throws org.earnest.kit.process.StartupException {@code rpc_url_invalid}
   */
  List<URI> urls() {
    return RpcUrls.parse(urls);
  }
}
