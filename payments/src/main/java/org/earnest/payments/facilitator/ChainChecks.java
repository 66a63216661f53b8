package org.earnest.payments.facilitator;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.payments.exact.ExactPayment;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.Reason;

/**
 * The signature, and what the chain says. A good payment of a plain account costs one call: the
 * rehearsal, in which the token itself checks signature, nonce, times and balance. What is wrong is
 * asked for only when the rehearsal fails.
 */
final class ChainChecks {
  private static final BlockTag NOW = BlockTag.Named.LATEST;
  private static final String NO_CODE = "0x";

  private final ChainReader chain;
  private final EvmAddress sender;
  private final Set<EvmAddress> deployed = ConcurrentHashMap.newKeySet();

  ChainChecks(ChainReader chain, EvmAddress sender) {
    this.chain = chain;
    this.sender = sender;
  }

  Caip2ChainId id() {
    return chain.chainId();
  }

  Reading<ExactPayment> judge(ExactPayment payment) {
    return signature(payment).then(this::asset).then(this::rehearsal);
  }

  /**
   * An account without code is judged by recovery; one with code by ERC-1271 alone, never by its
   * key. Where recovery fits, the rehearsal settles whether there is code: the token asks then.
   */
  private Reading<ExactPayment> signature(ExactPayment payment) {
    Optional<EvmAddress> signer = SignatureRecovery.recover(payment.digest(), payment.signature());
    if (signer.filter(payment.payer()::equals).isPresent()) {
      return new Reading.Understood<>(payment);
    }
    if (chain.code(payment.payer(), NOW).equals(NO_CODE)) {
      return Reading.refused(
          Reason.SIGNATURE, "the signature is not the payer's over this authorization");
    }
    if (!Erc1271.accepts(chain, payment.payer(), payment.digest(), payment.signature(), NOW)) {
      return Reading.refused(Reason.SIGNATURE, "the payer's contract does not take the signature");
    }
    return new Reading.Understood<>(payment);
  }

  private Reading<ExactPayment> asset(ExactPayment payment) {
    EvmAddress token = payment.requirements().price().asset().token();
    if (!deployed.contains(token)) {
      if (chain.code(token, NOW).equals(NO_CODE)) {
        return Reading.refused(Reason.ASSET_NOT_DEPLOYED, "there is no contract at the asset");
      }
      deployed.add(token);
    }
    return new Reading.Understood<>(payment);
  }

  private Reading<ExactPayment> rehearsal(ExactPayment payment) {
    ChainCall transfer = payment.transfer();
    return switch (chain.call(
        new ChainCall(Optional.of(sender), transfer.to(), transfer.data()), NOW)) {
      case CallOutcome.Returned returned -> new Reading.Understood<>(payment);
      case CallOutcome.Reverted reverted -> diagnosis(payment, reverted.data());
    };
  }

  private Reading<ExactPayment> diagnosis(ExactPayment payment, String revert) {
    ExactRequirements wanted = payment.requirements();
    TokenReads token = new TokenReads(chain, wanted.price().asset().token());
    if (token.authorizationUsed(payment.payer(), payment.authorization().nonce(), NOW)) {
      return Reading.refused(
          Reason.NONCE_ALREADY_USED, "the authorization was used or cancelled before");
    }
    if (token.balance(payment.payer(), NOW).compareTo(wanted.price().atomicUnits()) < 0) {
      return Reading.refused(Reason.INSUFFICIENT_BALANCE, "the payer holds less than the price");
    }
    if (differs(token.name(NOW), wanted.tokenName())) {
      return Reading.refused(
          Reason.TOKEN_NAME_MISMATCH, "extra.name is not the token's; it signs as another domain");
    }
    if (differs(token.version(NOW), wanted.tokenVersion())) {
      return Reading.refused(
          Reason.TOKEN_VERSION_MISMATCH,
          "extra.version is not the token's; it signs as another domain");
    }
    return Reading.refused(
        Reason.SIMULATION_FAILED,
        "the token refuses the transfer: " + RevertDecoder.decode(revert));
  }

  private static boolean differs(Optional<String> actual, String offered) {
    return actual.isPresent() && !actual.get().equals(offered);
  }
}
