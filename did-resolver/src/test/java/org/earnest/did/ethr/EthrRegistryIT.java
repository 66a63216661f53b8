package org.earnest.did.ethr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.rpc.HttpJsonRpc;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.testkit.chain.AnvilProcess;
import org.junit.jupiter.api.Test;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Function;

/** did:ethr against the ERC-1056 registry itself. */
class EthrRegistryIT {
  private static final Caip2ChainId CHAIN = Caip2ChainId.eip155(AnvilProcess.CHAIN_ID);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final EvmAddress OWNER = LocalSigner.of(AnvilProcess.FIRST_PRIVATE_KEY).address();
  private static final EvmAddress STRANGER = new EvmAddress("0x" + "ab".repeat(20));

  private static DidResolution resolve(EthrDidMethod method, EvmAddress identity) {
    return method.resolve(EthrDidMethod.didOf(new Caip10AccountId(CHAIN, identity)));
  }

  private static TransactionReceipt send(
      JsonRpc rpc, ChainReader chain, Optional<EvmAddress> to, String data) {
    Map<String, String> transaction = new HashMap<>();
    transaction.put("from", OWNER.hex());
    transaction.put("data", data);
    to.ifPresent(address -> transaction.put("to", address.hex()));
    Hash32 hash = new Hash32(rpc.require("eth_sendTransaction", transaction).stringValue());
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> chain.receipt(hash), Optional::isPresent)
        .orElseThrow();
  }

  private static void assertRefused(DidResolution resolution, ErrorType error) {
    assertThat(resolution)
        .isInstanceOfSatisfying(
            DidResolution.Refused.class, refused -> assertThat(refused.error()).isEqualTo(error));
  }

  @Test
  void aChangedOwnerIsSeenAtOnceAndDoesNotTouchOthers() {
    EthrDidMethod method;
    try (AnvilProcess anvil = AnvilProcess.start()) {
      JsonRpc rpc = HttpJsonRpc.to(anvil.url());
      ChainReader chain = JsonRpcChainReader.connect(rpc);
      EvmAddress registry =
          send(rpc, chain, Optional.empty(), CreationCode.ethereumDidRegistry())
              .contractAddress()
              .orElseThrow();
      method = new EthrDidMethod(List.of(EthrNetwork.withRegistry(registry, chain)));
      assertThat(resolve(method, OWNER)).isInstanceOf(DidResolution.Resolved.class);

      String changeOwner =
          FunctionEncoder.encode(
              new Function(
                  "changeOwner",
                  List.of(new Address(OWNER.hex()), new Address(STRANGER.hex())),
                  List.of()));
      send(rpc, chain, Optional.of(registry), changeOwner);

      assertRefused(resolve(method, OWNER), ErrorType.FEATURE_NOT_SUPPORTED);
      assertThat(resolve(method, STRANGER)).isInstanceOf(DidResolution.Resolved.class);

      EthrDidMethod misconfigured =
          new EthrDidMethod(List.of(EthrNetwork.withRegistry(STRANGER, chain)));
      assertRefused(resolve(misconfigured, OWNER), ErrorType.INTERNAL_ERROR);
    }
    assertRefused(resolve(method, OWNER), ErrorType.INTERNAL_ERROR);
  }
}
