package org.earnest.devnet;

import java.net.URI;
import java.util.List;
import org.earnest.bindings.rpc.FailoverJsonRpc;
import org.earnest.bindings.rpc.WrongChainException;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.kit.process.StartupException;

/** The URLs that a program is told to reach its chain by, whatever chain it is. */
public final class RpcUrls {
  private RpcUrls() {}

  /**
   * Takes the chain that they serve, whichever it is.
   *
   * @param urls of one chain, at least one; in the order in which they are to be asked
   * @throws StartupException {@code rpc_url_invalid}, {@code rpc_unreachable} or {@code
   *     wrong_chain}
   */
  public static FailoverJsonRpc connect(List<URI> urls) {
    try {
      return FailoverJsonRpc.connect(urls);
    } catch (WrongChainException failure) {
      throw new StartupException(
          "wrong_chain",
          "the RPC URLs lead to different chains: " + failure.getMessage(),
          "Leave out the one that does not belong there.",
          failure);
    } catch (ChainUnavailableException failure) {
      throw new StartupException(
          "rpc_unreachable",
          "the chain cannot be reached: " + failure.getMessage(),
          "Check that the node runs and that the RPC URL (--rpc-url) is right.",
          failure);
    } catch (IllegalArgumentException failure) {
      // Not quoted: a hosted node's URL carries an access key.
      throw new StartupException(
          "rpc_url_invalid",
          "an RPC URL cannot be used: " + failure.getMessage(),
          "Write it as http://HOST:PORT or https://HOST/PATH.",
          failure);
    }
  }
}
