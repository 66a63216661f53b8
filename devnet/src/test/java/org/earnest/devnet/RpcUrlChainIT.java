package org.earnest.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.kit.process.StartupException;
import org.earnest.testkit.chain.FaultyRpcServer;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RpcUrlChainIT extends DevChainContract {
  @TempDir static Path directory;

  private AnvilChain node;
  private RpcUrlChain chain;

  @BeforeAll
  void start() {
    node = AnvilChain.start(AnvilSettings.ephemeral(Workspace.anvil(), directory));
    chain = RpcUrlChain.connectDevelopment(List.of(node.rpcUrl()));
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Override
  protected DevChain chain() {
    return chain;
  }

  @Override
  protected boolean reorganises() {
    return true;
  }

  @Test
  void leavesTheNodeAlone() {
    RpcUrlChain.connect(List.of(node.rpcUrl())).close();
    assertThat(node.rpc().require("eth_chainId").asString()).isEqualTo("0x7a69");
  }

  @Test
  void severalUrlsOfOneChainAreOneChain() {
    try (FaultyRpcServer other = FaultyRpcServer.proxy(node.rpcUrl())) {
      RpcUrlChain both = RpcUrlChain.connectDevelopment(List.of(other.url(), node.rpcUrl()));
      other.failAll(RpcFault.DROPPED_BEFORE);
      assertThat(both.rpc().require("eth_gasPrice").asString()).startsWith("0x");
    }
  }

  @Test
  void whatFailsForReadersIsNotHeldAgainstPayments() {
    try (FaultyRpcServer only = FaultyRpcServer.proxy(node.rpcUrl())) {
      RpcUrlChain chain = RpcUrlChain.connectDevelopment(List.of(only.url()));
      int rounds = 3;
      only.failNext(
          "eth_getLogs", RpcFault.BAD_GATEWAY, RpcFault.BAD_GATEWAY, RpcFault.BAD_GATEWAY);
      assertThatThrownBy(() -> chain.rpcOfReaders().require("eth_getLogs", Map.of()))
          .isInstanceOf(ChainUnavailableException.class);
      assertThat(only.calls("eth_getLogs")).as("enough for a rest").isEqualTo(rounds);
      assertThat(chain.rpc().require("eth_gasPrice").asString()).startsWith("0x");
    }
  }

  @Test
  void aUrlOfAnotherChainIsRefused() {
    try (FaultyRpcServer other =
        FaultyRpcServer.stub(body -> "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x1\"}")) {
      assertThatThrownBy(() -> RpcUrlChain.connectDevelopment(List.of(node.rpcUrl(), other.url())))
          .isInstanceOfSatisfying(
              StartupException.class,
              refusal -> assertThat(refusal.code()).isEqualTo("wrong_chain"))
          .hasMessageContaining("eip155:31337")
          .hasMessageContaining(other.url() + " serves eip155:1");
    }
  }

  @Test
  void saysThatNobodyAnswers() throws IOException {
    int deadPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      deadPort = socket.getLocalPort();
    }
    URI url = URI.create("http://127.0.0.1:" + deadPort + "/v2/secret-key");
    assertThatThrownBy(() -> RpcUrlChain.connect(List.of(url)))
        .isInstanceOfSatisfying(
            StartupException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo("rpc_unreachable");
              assertThat(refusal.remedy()).contains("RPC URL");
            })
        .hasMessageContaining("127.0.0.1:" + deadPort)
        .hasMessageNotContaining("secret-key");
  }

  @Test
  void refusesWhatIsNoUrl() {
    assertThatThrownBy(() -> RpcUrlChain.connect(List.of(URI.create("ftp://example.org"))))
        .isInstanceOfSatisfying(
            StartupException.class,
            refusal -> assertThat(refusal.code()).isEqualTo("rpc_url_invalid"));
  }
}
