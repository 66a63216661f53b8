package org.earnest.devnet;

import java.net.URI;
import java.util.Optional;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.kit.process.StartupException;

/**
 * A node that runs already. It is asked for its chain id once, and left running when this is
 * closed. Controls work where it is anvil or Hardhat.
 */
public final class RpcUrlChain extends RpcDevChain {
  private RpcUrlChain(URI url) {
    super("rpc", url);
  }

  /**
   * Takes whatever chain the node serves.
   *
   * @throws StartupException {@code rpc_url_invalid} or {@code rpc_unreachable}
   */
  public static RpcUrlChain connect(URI url) {
    return connect(url, Optional.empty());
  }

  /**
   * Insists on one chain.
   *
   * @throws StartupException {@code wrong_chain} too
   */
  public static RpcUrlChain connect(URI url, Caip2ChainId expected) {
    return connect(url, Optional.of(expected));
  }

  /**
   * Insists on anvil or Hardhat: published keys have no business on a chain that others share.
   *
   * @throws StartupException {@code not_a_development_chain} too
   */
  public static RpcUrlChain connectDevelopment(URI url) {
    RpcUrlChain chain = connect(url);
    if (!chain.isDevelopmentNode()) {
      throw new StartupException(
          "not_a_development_chain",
          "the node serves " + chain.chainId() + " and is neither anvil nor Hardhat",
          "The accounts here have keys that everybody knows: use anvil or Hardhat, or leave the"
              + " RPC URL out and have a chain started.");
    }
    return chain;
  }

  private static RpcUrlChain connect(URI url, Optional<Caip2ChainId> expected) {
    RpcUrlChain chain = reach(url);
    if (expected.isPresent() && !expected.get().equals(chain.chainId())) {
      throw new StartupException(
          "wrong_chain",
          "the node serves " + chain.chainId() + ", not " + expected.get(),
          "Check the RPC URL, or begin a state directory of its own for this chain.");
    }
    return chain;
  }

  private static RpcUrlChain reach(URI url) {
    try {
      return new RpcUrlChain(url);
    } catch (ChainUnavailableException failure) {
      throw new StartupException(
          "rpc_unreachable",
          "the chain cannot be reached: " + failure.getMessage(),
          "Check that the node runs and that the RPC URL is right; "
              + "without an RPC URL a local chain is started.",
          failure);
    } catch (IllegalArgumentException failure) {
      // Not quoted: a hosted node's URL carries an access key.
      throw new StartupException(
          "rpc_url_invalid",
          "the RPC URL is not one: " + failure.getMessage(),
          "Write it as http://HOST:PORT or https://HOST/PATH.",
          failure);
    }
  }

  @Override
  public void close() {
    // The node is not ours.
  }
}
