package org.earnest.bindings.call;

import java.time.Duration;
import java.util.List;
import org.earnest.bindings.contract.CallBatch;
import org.earnest.bindings.contract.CaptureOperator;
import org.earnest.bindings.contract.ChannelHub;
import org.earnest.bindings.contract.CredentialAnchor;
import org.earnest.bindings.contract.DealEscrow;
import org.earnest.bindings.contract.ERC3009DepositCollector;
import org.earnest.bindings.contract.EthereumDIDRegistry;
import org.earnest.bindings.contract.IdentityRegistry;
import org.earnest.bindings.contract.PanelArbiter;
import org.earnest.bindings.contract.ReputationRegistry;
import org.earnest.bindings.contract.TestUSDC;
import org.earnest.bindings.contract.ValidationRegistry;
import org.earnest.core.chain.EvmAddress;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Type;

/** What deploys each contract: its bytecode and constructor arguments, prefixed hexadecimal. */
public final class CreationCode {
  private static final String ADDRESS_PADDING = "0".repeat(24);

  private CreationCode() {}

  public static String testUsdc() {
    return of(TestUSDC.BINARY);
  }

  public static String identityRegistry() {
    return of(IdentityRegistry.BINARY);
  }

  public static String reputationRegistry(EvmAddress identityRegistry) {
    return of(ReputationRegistry.BINARY) + word(identityRegistry);
  }

  public static String validationRegistry(EvmAddress identityRegistry) {
    return of(ValidationRegistry.BINARY) + word(identityRegistry);
  }

  public static String credentialAnchor() {
    return of(CredentialAnchor.BINARY);
  }

  public static String dealEscrow(EvmAddress identityRegistry) {
    return of(DealEscrow.BINARY) + word(identityRegistry);
  }

  @SuppressWarnings("rawtypes") // web3j's types are raw
  public static String panelArbiter(EvmAddress dealEscrow, PanelTerms terms) {
    return of(PanelArbiter.BINARY)
        + FunctionEncoder.encodeConstructor(
            List.<Type>of(new Address(dealEscrow.hex()), PanelStructs.of(terms)));
  }

  public static String ethereumDidRegistry() {
    return of(EthereumDIDRegistry.BINARY);
  }

  public static String callBatch() {
    return of(CallBatch.BINARY);
  }

  public static String channelHub() {
    return of(ChannelHub.BINARY);
  }

  /** What fetches a hub's deposits by EIP-3009. */
  public static String depositCollector(EvmAddress hub) {
    return of(ERC3009DepositCollector.BINARY) + word(hub);
  }

  /**
   * An operator for payments that can be disputed.
   *
   * @param escrow of commerce-payments
   * @param refundCollector the escrow's
   * @param freezeWindow whole seconds, at most a year
   * @param rulingTime whole seconds, at most a year
   */
  public static String captureOperator(
      EvmAddress escrow,
      EvmAddress refundCollector,
      EvmAddress arbiter,
      Duration freezeWindow,
      Duration rulingTime) {
    return of(CaptureOperator.BINARY)
        + word(escrow)
        + word(refundCollector)
        + word(arbiter)
        + seconds(freezeWindow)
        + seconds(rulingTime);
  }

  private static String seconds(Duration time) {
    return "%064x".formatted(time.toSeconds());
  }

  private static String of(String binary) {
    String code = binary.strip();
    return code.startsWith("0x") ? code : "0x" + code;
  }

  private static String word(EvmAddress argument) {
    return ADDRESS_PADDING + argument.hex().substring(2);
  }
}
