package org.earnest.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.kit.process.StartupException;
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
    chain = RpcUrlChain.connectDevelopment(node.rpcUrl());
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
    RpcUrlChain.connect(node.rpcUrl()).close();
    assertThat(node.rpc().require("eth_chainId").asString()).isEqualTo("0x7a69");
  }

  @Test
  void acceptsTheChainThatIsExpected() {
    Caip2ChainId expected = Caip2ChainId.eip155(31_337);
    assertThat(RpcUrlChain.connect(node.rpcUrl(), expected).chainId()).isEqualTo(expected);
  }

  @Test
  void refusesAnotherChain() {
    assertThatThrownBy(() -> RpcUrlChain.connect(node.rpcUrl(), Caip2ChainId.eip155(1)))
        .isInstanceOfSatisfying(
            StartupException.class, refusal -> assertThat(refusal.code()).isEqualTo("wrong_chain"))
        .hasMessageContaining("eip155:31337")
        .hasMessageContaining("eip155:1");
  }

  @Test
  void saysThatNobodyAnswers() throws IOException {
    int deadPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      deadPort = socket.getLocalPort();
    }
    URI url = URI.create("http://127.0.0.1:" + deadPort + "/v2/secret-key");
    assertThatThrownBy(() -> RpcUrlChain.connect(url))
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
    assertThatThrownBy(() -> RpcUrlChain.connect(URI.create("ftp://example.org")))
        .isInstanceOfSatisfying(
            StartupException.class,
            refusal -> assertThat(refusal.code()).isEqualTo("rpc_url_invalid"));
  }
}
