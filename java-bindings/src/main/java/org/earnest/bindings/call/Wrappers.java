package org.earnest.bindings.call;

import java.math.BigInteger;
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
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;
import org.web3j.tx.gas.StaticGasProvider;

/**
 * Generated wrappers used for what they know of the ABI alone. They are loaded without a node:
 * their own sending and calling is never used.
 */
final class Wrappers {
  private static final TransactionManager NO_SENDER =
      new ReadonlyTransactionManager(null, EvmAddress.ZERO.hex());
  private static final ContractGasProvider NO_GAS =
      new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO);

  private Wrappers() {}

  static CallBatch callBatch(EvmAddress at) {
    return CallBatch.load(at.hex(), null, NO_SENDER, NO_GAS);
  }

  static CaptureOperator captureOperator(EvmAddress at) {
    return CaptureOperator.load(at.hex(), null, NO_SENDER, NO_GAS);
  }

  static ChannelHub channelHub(EvmAddress at) {
    return ChannelHub.load(at.hex(), null, NO_SENDER, NO_GAS);
  }

  static DealEscrow dealEscrow(EvmAddress at) {
    return DealEscrow.load(at.hex(), null, NO_SENDER, NO_GAS);
  }

  static IdentityRegistry identityRegistry(EvmAddress at) {
    return IdentityRegistry.load(at.hex(), null, NO_SENDER, NO_GAS);
  }

  static PanelArbiter panelArbiter(EvmAddress at) {
    return PanelArbiter.load(at.hex(), null, NO_SENDER, NO_GAS);
  }

  static ReputationRegistry reputationRegistry(EvmAddress at) {
    return ReputationRegistry.load(at.hex(), null, NO_SENDER, NO_GAS);
  }

  static ValidationRegistry validationRegistry(EvmAddress at) {
    return ValidationRegistry.load(at.hex(), null, NO_SENDER, NO_GAS);
  }

  static CredentialAnchor credentialAnchor(EvmAddress at) {
    return CredentialAnchor.load(at.hex(), null, NO_SENDER, NO_GAS);
  }

  static EthereumDIDRegistry didRegistry(EvmAddress at) {
    return EthereumDIDRegistry.load(at.hex(), null, NO_SENDER, NO_GAS);
  }

  static TestUSDC token(EvmAddress at) {
    return TestUSDC.load(at.hex(), null, NO_SENDER, NO_GAS);
  }

  static ChainCall call(EvmAddress to, RemoteFunctionCall<?> function) {
    return new ChainCall(to, function.encodeFunctionCall());
  }
}
