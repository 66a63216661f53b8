package org.earnest.devnet;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.rpc.FailoverJsonRpc;
import org.earnest.bindings.rpc.RpcSettings;
import org.earnest.bindings.rpc.WrongChainException;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.kit.process.StartupException;

/** The URLs that a program is told to reach its chain by, whatever chain it is. */
public final class RpcUrls {
  private RpcUrls() {}

  /**
   * URLs as they were written.
   *
   * @throws StartupException {@code rpc_url_invalid}; it is not quoted, as it may carry a key
   */
  public static List<URI> parse(List<String> texts) {
    try {
      return texts.stream().map(URI::create).toList();
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "rpc_url_invalid", "an RPC URL is no URL", "Write it as http://HOST:PORT");
    }
  }

  /**
   * Takes the chain that they serve, whichever it is.
   *
   * @param urls of one chain, at least one; in the order in which they are to be asked
   * @throws StartupException {@code rpc_url_invalid}, {@code rpc_unreachable} or {@code
   *     wrong_chain}
   */
  public static FailoverJsonRpc connect(List<URI> urls) {
    return connect(urls, Optional.empty());
  }

  /**
   * The same, insisting on one chain.
   *
   * @throws StartupException likewise
   */
  public static FailoverJsonRpc connect(List<URI> urls, Optional<Caip2ChainId> expected) {
    try {
      return FailoverJsonRpc.connect(urls, expected, RpcSettings.DEFAULT);
    } catch (WrongChainException failure) {
      throw new StartupException(
          "wrong_chain",
          "the RPC URLs do not lead to one chain: " + failure.getMessage(),
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
