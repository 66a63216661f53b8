package org.earnest.payments.facilitator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.eip712.Permit2Transfer;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.bindings.revert.RevertReason;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.payments.capture.CapturePayment;
import org.earnest.payments.exact.EvmPayment;
import org.earnest.payments.exact.ExactPayment;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.exact.Reading;
import org.earnest.payments.exact.Reason;

/** Why a rehearsal failed. Asked for then only. */
final class Diagnosis {
  private static final BlockTag NOW = BlockTag.Named.LATEST;

  private static final int SELECTOR_CHARS = 10;

  /** Of ERC-6093, and of the library that tokens are built from beside OpenZeppelin's. */
  private static final List<String> POOR_BY_SELECTOR =
      Stream.of("ERC20InsufficientBalance(address,uint256,uint256)", "InsufficientBalance()")
          .map(error -> Keccak256.hash(error).hex().substring(0, SELECTOR_CHARS))
          .toList();

  private static final String POOR_BY_USDC = "ERC20: transfer amount exceeds balance";

  /**
   * Bad payments that are looked into at once: they cost several calls to the node, which good ones
   * wait for as well.
   */
  static final int AT_ONCE = 4;

  /** For which one waits to be looked into; then it is told that its rehearsal failed. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ChainReader chain;
  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  Diagnosis(ChainReader chain) {
    this.chain = chain;
  }

  /**
   * The reason.
   *
   * @param revert what the contract gave, prefixed hexadecimal
   */
  Reading<VerifiedPayment> of(EvmPayment payment, String revert) {
    if (payment instanceof ExactPayment && tellsOfBalance(revert)) {
      return poor();
    }
    if (!isTurn()) {
      return unexplained(payment, revert);
    }
    try {
      return asked(payment, revert);
    } finally {
      turns.release();
    }
  }

  private boolean isTurn() {
    try {
      return turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Reading<VerifiedPayment> unexplained(EvmPayment payment, String revert) {
    Reason reason =
        switch (payment.key().method()) {
          case EIP3009 -> Reason.SIMULATION_FAILED;
          case PERMIT2, UPTO -> Reason.PERMIT2_SIMULATION_FAILED;
          case AUTH_CAPTURE -> Reason.CAPTURE_SIMULATION_FAILED;
        };
    return Reading.refused(
        reason,
        "the transfer fails, and too many do for it to be said why: "
            + RevertDecoder.decode(revert));
  }

  private Reading<VerifiedPayment> asked(EvmPayment payment, String revert) {
    return switch (payment) {
      case ExactPayment exact -> byToken(exact, revert);
      case CapturePayment capture -> byOperator(capture, revert);
      default -> byPermit2(payment, revert);
    };
  }

  private Reading<VerifiedPayment> byOperator(CapturePayment payment, String revert) {
    TokenReads token = new TokenReads(chain, payment.price().asset().token());
    if (Rail.of(payment.key().method()).isUsed(chain, payment.key(), NOW)) {
      return Reading.refused(
          Reason.CAPTURE_ALREADY_COLLECTED, "the authorization was used or cancelled before");
    }
    if (isPoor(token, payment)) {
      return Reading.refused(
          Reason.CAPTURE_INSUFFICIENT_BALANCE, "the payer holds less than the price");
    }
    return Reading.refused(
        Reason.CAPTURE_SIMULATION_FAILED,
        "the operator refuses the payment: " + RevertDecoder.decode(revert));
  }

  private Reading<VerifiedPayment> byToken(ExactPayment payment, String revert) {
    ExactRequirements wanted = payment.requirements();
    TokenReads token = new TokenReads(chain, wanted.price().asset().token());
    if (Rail.of(payment.key().method()).isUsed(chain, payment.key(), NOW)) {
      return Reading.refused(
          Reason.NONCE_ALREADY_USED, "the authorization was used or cancelled before");
    }
    if (isPoor(token, payment)) {
      return poor();
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

  private Reading<VerifiedPayment> byPermit2(EvmPayment payment, String revert) {
    TokenReads token = new TokenReads(chain, payment.price().asset().token());
    if (Rail.of(payment.key().method()).isUsed(chain, payment.key(), NOW)) {
      return Reading.refused(
          Reason.PERMIT2_INVALID_NONCE, "the authorization was used or cancelled before");
    }
    if (isPoor(token, payment)) {
      return Reading.refused(
          Reason.PERMIT2_INSUFFICIENT_BALANCE, "the payer holds less than the price");
    }
    if (token
            .allowance(payment.payer(), Permit2Transfer.PERMIT2, NOW)
            .compareTo(payment.price().atomicUnits())
        < 0) {
      return Reading.refused(
          Reason.PERMIT2_ALLOWANCE_REQUIRED, "the payer has not approved Permit2 for this token");
    }
    return Reading.refused(
        Reason.PERMIT2_SIMULATION_FAILED,
        "the proxy refuses the transfer: " + RevertDecoder.decode(revert));
  }

  private static Reading<VerifiedPayment> poor() {
    return Reading.refused(Reason.INSUFFICIENT_BALANCE, "the payer holds less than the price");
  }

  /**
   * What a token says of its own accord need not be asked for. A wallet that says it in its token's
   * place spoils its own payment alone.
   */
  private static boolean tellsOfBalance(String revert) {
    return POOR_BY_SELECTOR.stream().anyMatch(revert::startsWith)
        || (RevertDecoder.decode(revert) instanceof RevertReason.Message message
            && message.text().equals(POOR_BY_USDC));
  }

  private static boolean isPoor(TokenReads token, EvmPayment payment) {
    return token.balance(payment.payer(), NOW).compareTo(payment.price().atomicUnits()) < 0;
  }

  private static boolean differs(Optional<String> actual, String offered) {
    return actual.isPresent() && !actual.get().equals(offered);
  }
}
