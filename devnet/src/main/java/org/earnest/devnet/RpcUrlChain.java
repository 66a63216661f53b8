package org.earnest.devnet;

import java.net.URI;
import java.util.List;
import org.earnest.bindings.rpc.FailoverJsonRpc;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.kit.process.StartupException;

/**
 * A chain that runs already, behind one URL or several. It is left running when this is closed.
 * Controls work where the first node that is well is anvil or Hardhat.
 */
public final class RpcUrlChain extends RpcDevChain {
  private final JsonRpc readers;

  private RpcUrlChain(List<URI> urls) {
    super("rpc", urls.getFirst(), RpcUrls.connect(urls));
    this.readers = FailoverJsonRpc.unasked(urls, chainId());
  }

  @Override
  public JsonRpc rpcOfReaders() {
    return readers;
  }

  /**
   * Insists on anvil or Hardhat behind every URL that answers: published keys have no business on a
   * chain that others share.
   *
   * @param urls of one chain, at least one; in the order in which they are to be asked
   * @throws StartupException {@code rpc_url_invalid}, {@code rpc_unreachable}, {@code wrong_chain}
   *     or {@code not_a_development_chain}
   */
  public static RpcUrlChain connectDevelopment(List<URI> urls) {
    RpcUrlChain chain = connect(urls);
    if (urls.stream().anyMatch(RpcUrlChain::isShared)) {
      throw new StartupException(
          "not_a_development_chain",
          "the node serves " + chain.chainId() + " and is neither anvil nor Hardhat",
          "The accounts here have keys that everybody knows: use anvil or Hardhat, or leave the"
              + " RPC URL out and have a chain started.");
    }
    return chain;
  }

  private static boolean isShared(URI url) {
    try {
      return NodeFamily.of(HttpJsonRpc.to(url)) == NodeFamily.OTHER;
    } catch (ChainUnavailableException silent) {
      // One that answers did serve the chain; this one is asked for its chain before it is used.
      return false;
    }
  }

  /** Takes whatever chain the nodes serve. */
  static RpcUrlChain connect(List<URI> urls) {
    return new RpcUrlChain(urls);
  }

  @Override
  public void close() {
    // The nodes are not ours.
  }
}
