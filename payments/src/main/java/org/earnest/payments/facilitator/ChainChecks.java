package org.earnest.payments.facilitator;

import java.util.Optional;
import java.util.OptionalLong;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.payments.exact.EvmPayment;
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

  private static final BlockTag NOW = BlockTag.Named.LATEST;

  private final ChainReader chain;
  private final Relayers relayers;
  private final CodeFacts code;
  private final Diagnosis diagnosis;

  /**
   * Checks on one chain.
   *
   * @param relayers who will send the transfers
   */
  ChainChecks(ChainReader chain, Relayers relayers) {
    this.chain = chain;
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
      return new Reading.Understood<>(payment);
    }
    if (!code.hasCode(payment.payer())) {
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
    return code.hasCode(method.contract(EvmAddress.ZERO));
  }

  Reading<EvmPayment> contracts(EvmPayment payment) {
    if (!code.hasCode(payment.price().asset().token())) {
      return Reading.refused(Reason.ASSET_NOT_DEPLOYED, "there is no contract at the asset");
    }
    if (payment.key().method() != TransferMethod.EIP3009
        && !code.hasCode(payment.transfer().to())) {
      return Reading.refused(
          Reason.PERMIT2_PROXY_NOT_DEPLOYED, "the x402 proxy is not on this chain");
    }
    return new Reading.Understood<>(payment);
  }

  Reading<EvmPayment> rehearsal(EvmPayment payment) {
    ChainCall transfer = payment.transfer();
    EvmAddress sender = relayers.of(payment.key().method()).sender();
    ChainCall bounded =
        new ChainCall(
            Optional.of(sender), transfer.to(), transfer.data(), OptionalLong.of(REHEARSAL_GAS));
    return switch (chain.call(bounded, NOW)) {
      case CallOutcome.Returned returned -> new Reading.Understood<>(payment);
      case CallOutcome.Reverted reverted -> diagnosis.of(payment, reverted.data());
    };
  }
}
