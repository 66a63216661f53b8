package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.earnest.bindings.call.CallBatchCalls;
import org.earnest.bindings.call.Erc1271;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.payments.exact.Erc6492;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.ExactPayment;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.Reason;
import org.earnest.payments.exact.TransferMethod;

/**
 * The signature, and what the chain says. A good payment of a plain account costs one call: the
 * rehearsal, in which the token or Permit2 itself checks signature, nonce, times and balance. What
 * is wrong is asked for only when the rehearsal fails.
 */
final class ChainChecks {
  /**
   * Gas units a rehearsal gets: several times what a transfer takes, with the check of a contract
   * wallet's signature. What needs more is hostile.
   */
  static final long REHEARSAL_GAS = 500_000;

  /** Gas units that the deployment of a wallet gets. */
  static final long DEPLOYMENT_GAS = 1_500_000;

  private static final String NO_REVERT_DATA = "0x";
  private static final BlockTag NOW = BlockTag.Named.LATEST;

  private final ChainReader chain;
  private final Relayers relayers;
  private final Optional<WalletFactories> factories;
  private final CodeFacts code;
  private final Diagnosis diagnosis;

  /** Of the operator's tokens: few, and asked once. */
  private final Map<Caip19AssetId, Boolean> permits = new ConcurrentHashMap<>();

  /**
   * Checks on one chain.
   *
   * @param relayers who will send the transfers
   */
  ChainChecks(ChainReader chain, Relayers relayers, Optional<WalletFactories> factories) {
    this.chain = chain;
    this.factories = factories;
    this.relayers = relayers;
    this.code = new CodeFacts(chain);
    this.diagnosis = new Diagnosis(chain);
  }

  Caip2ChainId id() {
    return chain.chainId();
  }

  /** Without the chain, where the signature is that of the payer's key. */
  Reading<EvmPayment> signature(EvmPayment payment) {
    // An account without code is judged by recovery; one with code by ERC-1271 alone, never by its
    // key. Where recovery fits, the rehearsal settles whether there is code: the token asks then.
    Optional<EvmAddress> signer = SignatureRecovery.recover(payment.digest(), payment.signature());
    if (signer.filter(payment.payer()::equals).isPresent()) {
      // Whoever signs by its account's key has no wallet there to deploy: only gas to waste.
      return deployment(payment).isPresent()
          ? Reading.refused(
              payment.badSignature(), "an account that signs by its key is not to be deployed")
          : new Reading.Understood<>(payment);
    }
    if (!code.hasCode(payment.payer())) {
      if (deployment(payment).isPresent()) {
        // Only the wallet itself can tell, in the rehearsal.
        return new Reading.Understood<>(payment);
      }
      return Reading.refused(
          payment.badSignature(), "the signature is not the payer's over this authorization");
    }
    if (!Erc1271.accepts(chain, payment.payer(), payment.digest(), payment.signature(), NOW)) {
      return Reading.refused(
          payment.badSignature(), "the payer's contract does not take the signature");
    }
    return new Reading.Understood<>(payment);
  }

  /** Whether payments of this method can be settled here. */
  boolean serves(TransferMethod method) {
    return code.isDeployed(method.contract(EvmAddress.ZERO));
  }

  /** Those of the tokens that take permits. */
  List<Caip19AssetId> permitting(Set<Caip19AssetId> tokens) {
    return tokens.stream()
        .filter(token -> token.chain().equals(id()) && code.isDeployed(token.token()))
        .filter(token -> permits.computeIfAbsent(token, this::takesPermits))
        .toList();
  }

  private boolean takesPermits(Caip19AssetId token) {
    return new TokenReads(chain, token.token()).takesPermits(NOW);
  }

  Reading<EvmPayment> contracts(EvmPayment payment) {
    if (!code.isDeployed(payment.price().asset().token())) {
      return Reading.refused(Reason.ASSET_NOT_DEPLOYED, "there is no contract at the asset");
    }
    if (payment.key().method() != TransferMethod.EIP3009
        && !code.isDeployed(payment.transfer().to())) {
      return payment.key().method() == TransferMethod.AUTH_CAPTURE
          ? Reading.refused(Reason.CAPTURE_NO_OPERATOR, "there is no contract at the operator")
          : Reading.refused(
              Reason.PERMIT2_PROXY_NOT_DEPLOYED, "the x402 proxy is not on this chain");
    }
    return new Reading.Understood<>(payment);
  }

  /**
   * What has to be deployed before the payment is good, by a factory that the operator trusts;
   * empty for a wallet that is there now.
   */
  Optional<ChainCall> missingWallet(EvmPayment payment) {
    return deployment(payment)
        .filter(call -> factories.filter(known -> known.allowed().contains(call.to())).isPresent())
        .filter(any -> !code.hasCodeNow(payment.payer()));
  }

  /** Whether the payment's nonce was used or cancelled by now. */
  boolean isUsed(EvmPayment payment) {
    return Rail.of(payment.key().method()).isUsed(chain, payment.key(), NOW);
  }

  Optional<TransactionReceipt> receipt(Hash32 transaction) {
    return chain.receipt(transaction);
  }

  private static Optional<ChainCall> deployment(EvmPayment payment) {
    return payment instanceof ExactPayment exact
        ? exact.deployment().map(Erc6492::deployment)
        : Optional.empty();
  }

  Reading<VerifiedPayment> rehearsal(EvmPayment payment) {
    return missingWallet(payment)
        .map(deployment -> withWallet(payment, deployment))
        .orElseGet(() -> rehearsed(payment, payment.transfer()));
  }

  private Reading<VerifiedPayment> rehearsed(EvmPayment payment, ChainCall transfer) {
    return switch (chain.call(bounded(payment, transfer, REHEARSAL_GAS), NOW)) {
      case CallOutcome.Returned returned ->
          new Reading.Understood<>(new VerifiedPayment(payment, transfer));
      case CallOutcome.Reverted reverted -> diagnosis.of(payment, reverted.data());
    };
  }

  private ChainCall bounded(EvmPayment payment, ChainCall call, long gas) {
    EvmAddress sender = relayers.of(payment.key().method()).sender();
    return new ChainCall(Optional.of(sender), call.to(), call.data(), OptionalLong.of(gas));
  }

  /** Deployment and transfer in one, as the transfer cannot be tried without the wallet. */
  private Reading<VerifiedPayment> withWallet(EvmPayment payment, ChainCall deployment) {
    ChainCall transfer = payment.transfer();
    CallBatchCalls batch = new CallBatchCalls(factories.orElseThrow().batch());
    ChainCall both =
        batch.execute(
            List.of(
                new CallBatchCalls.Item(deployment, BigInteger.valueOf(DEPLOYMENT_GAS)),
                new CallBatchCalls.Item(transfer, BigInteger.valueOf(REHEARSAL_GAS))));
    BitSet succeeded =
        switch (chain.call(bounded(payment, both, 2 * (DEPLOYMENT_GAS + REHEARSAL_GAS)), NOW)) {
          case CallOutcome.Returned returned ->
              CallBatchCalls.succeeded(returned.data()).orElseGet(BitSet::new);
          case CallOutcome.Reverted reverted -> new BitSet();
        };
    if (!succeeded.get(0)) {
      return Reading.refused(
          Reason.WALLET_DEPLOYMENT_FAILED, "the factory does not deploy the payer's wallet");
    }
    return succeeded.get(1)
        ? new Reading.Understood<>(new VerifiedPayment(payment, transfer))
        : diagnosis.of(payment, NO_REVERT_DATA);
  }
}
