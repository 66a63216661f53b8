package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.earnest.bindings.contract.CallBatch;
import org.earnest.bindings.contract.CaptureOperator;
import org.earnest.bindings.contract.ChannelHub;
import org.earnest.bindings.contract.CredentialAnchor;
import org.earnest.bindings.contract.DealEscrow;
import org.earnest.bindings.contract.EthereumDIDRegistry;
import org.earnest.bindings.contract.IdentityRegistry;
import org.earnest.bindings.contract.PanelArbiter;
import org.earnest.bindings.contract.ReputationRegistry;
import org.earnest.bindings.contract.TestUSDC;
import org.earnest.bindings.contract.ValidationRegistry;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.tx.Contract;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;
import org.web3j.tx.gas.StaticGasProvider;

/**
 * Generated wrappers used for what they know of the ABI alone. They are loaded without a node and
 * without an address: their own sending and calling is never used. One of each serves everybody, as
 * each brings an HTTP client of its own along, which costs more to make than all that is encoded.
 */
final class Wrappers {
  private static final TransactionManager NO_SENDER =
      new ReadonlyTransactionManager(null, EvmAddress.ZERO.hex());
  private static final ContractGasProvider NO_GAS =
      new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO);
  private static final Map<Class<?>, Contract> LOADED = new ConcurrentHashMap<>();

  private Wrappers() {}

  private interface Loader<T extends Contract> {
    T load(
        String address, @Nullable Web3j node, TransactionManager sender, ContractGasProvider gas);
  }

  static CallBatch callBatch() {
    return once(CallBatch.class, CallBatch::load);
  }

  static CaptureOperator captureOperator() {
    return once(CaptureOperator.class, CaptureOperator::load);
  }

  static ChannelHub channelHub() {
    return once(ChannelHub.class, ChannelHub::load);
  }

  static DealEscrow dealEscrow() {
    return once(DealEscrow.class, DealEscrow::load);
  }

  static IdentityRegistry identityRegistry() {
    return once(IdentityRegistry.class, IdentityRegistry::load);
  }

  static PanelArbiter panelArbiter() {
    return once(PanelArbiter.class, PanelArbiter::load);
  }

  static ReputationRegistry reputationRegistry() {
    return once(ReputationRegistry.class, ReputationRegistry::load);
  }

  static ValidationRegistry validationRegistry() {
    return once(ValidationRegistry.class, ValidationRegistry::load);
  }

  static CredentialAnchor credentialAnchor() {
    return once(CredentialAnchor.class, CredentialAnchor::load);
  }

  static EthereumDIDRegistry didRegistry() {
    return once(EthereumDIDRegistry.class, EthereumDIDRegistry::load);
  }

  static TestUSDC token() {
    return once(TestUSDC.class, TestUSDC::load);
  }

  private static <T extends Contract> T once(Class<T> type, Loader<T> loader) {
    return type.cast(
        LOADED.computeIfAbsent(
            type, any -> loader.load(EvmAddress.ZERO.hex(), null, NO_SENDER, NO_GAS)));
  }

  static ChainCall call(EvmAddress to, RemoteFunctionCall<?> function) {
    return new ChainCall(to, function.encodeFunctionCall());
  }
}
