package org.earnest.payments.exact;

import java.util.Arrays;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.bindings.eip712.Permit2Payment;
import org.earnest.core.chain.EvmAddress;

/**
 * How the money of a payment moves. A token has nonces of its own; Permit2 has one space of them
 * for each owner, whatever the token and the proxy.
 */
public enum TransferMethod {
  /** Scheme {@code exact}, by the token itself. */
  EIP3009("eip3009"),

  /** Scheme {@code exact}, by the x402 proxy before Permit2. */
  PERMIT2("permit2"),

  /** Scheme {@code upto}, by the other x402 proxy before Permit2. */
  UPTO("upto"),

  /** Scheme {@code auth-capture}, into the commerce-payments escrow by the token itself. */
  AUTH_CAPTURE("auth-capture");

  private final String text;

  TransferMethod(String text) {
    this.text = text;
  }

  /**
   * The method of this name.
   *
   * @throws IllegalArgumentException for no such name
   */
  public static TransferMethod of(String text) {
    return Arrays.stream(values())
        .filter(method -> method.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no transfer method " + text));
  }

  public String text() {
    return text;
  }

  /** The contract that moves this token. */
  public EvmAddress contract(EvmAddress token) {
    return switch (this) {
      case EIP3009 -> token;
      case PERMIT2 -> Permit2Payment.EXACT_PROXY;
      case UPTO -> Permit2Payment.UPTO_PROXY;
      case AUTH_CAPTURE -> PaymentInfo.ESCROW;
    };
  }
}
