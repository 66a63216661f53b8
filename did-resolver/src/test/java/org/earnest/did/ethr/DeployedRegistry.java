package org.earnest.did.ethr;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.call.DidRegistryCalls;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.testkit.chain.AnvilProcess;

/** anvil with the ERC-1056 registry and its ten unlocked accounts. */
public record DeployedRegistry(
    AnvilProcess anvil,
    JsonRpc rpc,
    ChainReader chain,
    List<EvmAddress> accounts,
    EvmAddress address)
    implements AutoCloseable {
  static final Caip2ChainId CHAIN = Caip2ChainId.eip155(AnvilProcess.CHAIN_ID);
  private static final String GAS = "0x2dc6c0";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  public static DeployedRegistry start(String... options) {
    AnvilProcess anvil = AnvilProcess.start(options);
    JsonRpc rpc = HttpJsonRpc.to(anvil.url());
    ChainReader chain = JsonRpcChainReader.connect(rpc);
    List<EvmAddress> accounts = new ArrayList<>();
    rpc.require("eth_accounts").forEach(node -> accounts.add(new EvmAddress(node.stringValue())));
    EvmAddress address =
        send(rpc, chain, accounts.getFirst(), Optional.empty(), CreationCode.ethereumDidRegistry())
            .contractAddress()
            .orElseThrow();
    return new DeployedRegistry(anvil, rpc, chain, List.copyOf(accounts), address);
  }

  public DidRegistryCalls calls() {
    return new DidRegistryCalls(address);
  }

  public EthrNetwork network() {
    return EthrNetwork.withRegistry(address, chain);
  }

  URI url() {
    return anvil.url();
  }

  public TransactionReceipt send(EvmAddress from, ChainCall call) {
    return send(rpc, chain, from, Optional.of(call.to()), call.data());
  }

  /** Puts another contract there. */
  public EvmAddress deploy(String code) {
    return send(rpc, chain, accounts.getFirst(), Optional.empty(), code)
        .contractAddress()
        .orElseThrow();
  }

  private static TransactionReceipt send(
      JsonRpc rpc, ChainReader chain, EvmAddress from, Optional<EvmAddress> to, String data) {
    Map<String, String> transaction = new HashMap<>();
    transaction.put("from", from.hex());
    transaction.put("data", data);
    // An estimate is made at the newest block, where noting its number again would cost nothing.
    transaction.put("gas", GAS);
    to.ifPresent(address -> transaction.put("to", address.hex()));
    Hash32 hash = new Hash32(rpc.require("eth_sendTransaction", transaction).stringValue());
    TransactionReceipt receipt =
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> chain.receipt(hash), Optional::isPresent)
            .orElseThrow();
    if (!receipt.succeeded()) {
      throw new IllegalStateException("the registry refused " + data);
    }
    return receipt;
  }

  @Override
  public void close() {
    anvil.close();
  }
}
