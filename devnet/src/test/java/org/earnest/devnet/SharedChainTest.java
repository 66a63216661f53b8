package org.earnest.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.kit.process.StartupException;
import org.earnest.testkit.chain.FaultyRpcServer;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node of a public chain, which does nothing that only a development node does. */
class SharedChainTest {
  private static final Map<String, String> ANSWERS =
      Map.of(
          "eth_chainId", "0x2105",
          "web3_clientVersion", "Geth/v1.16.7-stable/linux-amd64/go1.25.1",
          "eth_getCode", "0x");

  private FaultyRpcServer node;
  private DevChain chain;

  @BeforeEach
  void connect() {
    node = FaultyRpcServer.stub(SharedChainTest::answer);
    chain = RpcUrlChain.connect(List.of(node.url()));
  }

  @AfterEach
  void disconnect() {
    node.close();
  }

  private static String answer(String body) {
    JsonNode request = JsonMapper.shared().readTree(body);
    String result = ANSWERS.get(request.path("method").asString());
    Map<String, Object> refusal = Map.of("code", -32601, "message", "the method does not exist");
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "jsonrpc",
                "2.0",
                "id",
                request.path("id"),
                result == null ? "error" : "result",
                result == null ? refusal : result));
  }

  @Test
  void isNoPlaceForPublishedKeys() {
    assertThatThrownBy(() -> RpcUrlChain.connectDevelopment(List.of(node.url())))
        .isInstanceOfSatisfying(
            StartupException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo("not_a_development_chain");
              assertThat(refusal.remedy()).contains("anvil or Hardhat");
            })
        .hasMessageContaining("eip155:8453");
  }

  @Test
  void hasNoControls() {
    refused(() -> chain.mine(1));
    refused(() -> chain.warp(Duration.ofSeconds(1)));
    refused(() -> chain.warpTo(Long.MAX_VALUE));
    refused(() -> chain.snapshot());
    refused(() -> chain.revert(new DevChain.Snapshot("0x0")));
    refused(() -> chain.reorg(1));
    refused(() -> chain.setBalance(EvmAddress.ZERO, BigInteger.ONE));
    refused(() -> chain.setCode(EvmAddress.ZERO, "0x00"));
    refused(() -> chain.mining(MiningMode.automatic()));
  }

  private static void refused(ThrowingCallable control) {
    assertThatThrownBy(control).isInstanceOf(ChainControlRefusedException.class);
  }

  @Test
  void deploymentWithoutTheProxySaysSo() {
    TransactionSubmitter unused = new SilentSubmitter();
    assertThatThrownBy(() -> Deployment.ensure(chain, unused))
        .isInstanceOfSatisfying(
            StartupException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo("deployment_failed");
              assertThat(failure.remedy()).contains(Create2.PROXY.hex());
            });
  }

  @Test
  void anOutageIsNoRefusal() {
    node.failAll(RpcFault.BAD_GATEWAY);
    TransactionSubmitter unused = new SilentSubmitter();
    assertThatThrownBy(() -> Deployment.ensure(chain, unused))
        .isInstanceOf(ChainUnavailableException.class);
  }

  /** Nothing may be sent here. */
  private static final class SilentSubmitter implements TransactionSubmitter {
    @Override
    public EvmAddress sender() {
      return EvmAddress.ZERO;
    }

    @Override
    public SubmissionOutcome submit(SubmissionRequest request, Duration patience) {
      throw new AssertionError("nothing is to be sent: " + request.key());
    }

    @Override
    public Optional<SubmissionOutcome> find(SubmissionRequest request, Duration patience) {
      return Optional.empty();
    }
  }
}
