package org.earnest.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.earnest.bindings.call.IdentityRegistryCalls;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import tools.jackson.databind.JsonNode;

/** What {@code dev} says of itself, and what can be done with it from outside. */
record RunningHouse(JsonNode figures) {
  private static final int PATIENCE_SECONDS = 120;

  static RunningHouse of(EarnestProcess dev) throws Exception {
    JsonNode figures = dev.json();
    assertThat(figures.path("ok").booleanValue()).as(figures + dev.err()).isTrue();
    return new RunningHouse(figures);
  }

  String url(String path) {
    return figures.path("url").asString() + path;
  }

  URI rpcUrl() {
    return URI.create(figures.path("rpcUrl").asString());
  }

  /** The buyer gives the stranger some atomic units. */
  void pay(int units) {
    send(new TokenCalls(usdc()).transfer(address("stranger"), BigInteger.valueOf(units)));
  }

  /** What the stranger has, in atomic units. */
  int strangersMoney() {
    JsonRpcChainReader reader = JsonRpcChainReader.connect(rpc());
    return new TokenReads(reader, usdc())
        .balance(address("stranger"), BlockTag.Named.LATEST)
        .intValueExact();
  }

  /** Registers an agent of the buyer and waits until the index has as many as there are then. */
  void register(int agentsThen) {
    send(new IdentityRegistryCalls(contract("IdentityRegistry")).register("https://agent.example"));
    awaitAgents(agentsThen);
  }

  /** Waits until the index shows so many agents. */
  void awaitAgents(int count) {
    Awaitility.await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .ignoreExceptions()
        .until(() -> Http.json(url("/agents")).path("agents").size() == count);
  }

  /** Waits until all parts say that they are ready. */
  void awaitReady() {
    Awaitility.await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .ignoreExceptions()
        .until(() -> Http.status(url("/ready")) == 200);
  }

  JsonRpc rpc() {
    return HttpJsonRpc.to(rpcUrl());
  }

  EvmAddress address(String role) {
    return StreamSupport.stream(figures.path("accounts").spliterator(), false)
        .filter(account -> account.path("role").asString().equals(role))
        .map(account -> new EvmAddress(account.path("address").asString()))
        .findFirst()
        .orElseThrow();
  }

  private EvmAddress usdc() {
    return contract("TestUSDC");
  }

  private EvmAddress contract(String name) {
    return new EvmAddress(figures.path("contracts").path(name).asString());
  }

  /**
   * The node signs for the buyer, as it does for whoever plays with a development chain. It says
   * the hash before the transaction is in a block, so that is waited for.
   */
  private void send(ChainCall call) {
    Hash32 hash =
        new Hash32(
            rpc()
                .require(
                    "eth_sendTransaction",
                    Map.of(
                        "from", address("buyer").hex(), "to", call.to().hex(), "data", call.data()))
                .stringValue());
    JsonRpcChainReader reader = JsonRpcChainReader.connect(rpc());
    Awaitility.await("the receipt of " + hash.hex())
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> reader.receipt(hash).isPresent());
  }
}
