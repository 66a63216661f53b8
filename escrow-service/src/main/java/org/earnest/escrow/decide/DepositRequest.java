package org.earnest.escrow.decide;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * Money that an account puts in ahead of the deals and bonds it will pay.
 *
 * @param amount atomic units
 * @param salt makes the deposit new
 * @param authorization EIP-3009 of the amount to the escrow, its nonce the deposit's digest
 */
public record DepositRequest(
    EvmAddress token,
    EvmAddress account,
    BigInteger amount,
    Hash32 salt,
    OpenRequest.Authorization authorization) {
  private static final int MAX_AMOUNT_BITS = 128;

  /** The nonce that keeps a deal's authorization from being spent as a deposit. */
  public Hash32 nonce(EscrowBounds bounds) {
    return bounds.typedData().deposit(token, account, amount, salt);
  }

  /** What the account signs. */
  public ReceiveWithAuthorization toSign(EscrowBounds bounds) {
    return new ReceiveWithAuthorization(
        account,
        bounds.escrow(),
        amount,
        authorization.validAfter(),
        authorization.validBefore(),
        nonce(bounds));
  }

  /** Why nobody should sign it; empty where nothing stands against it. */
  public Optional<Refusal> refusalOfTerms(EscrowBounds bounds) {
    if (bounds.tokenDomain(token).isEmpty()) {
      return Optional.of(bounds.tokenNotAllowed(token));
    }
    return amount.signum() == 0 || amount.bitLength() > MAX_AMOUNT_BITS
        ? Optional.of(
            Refusal.terms("amount_out_of_range", "A deposit is 1 to 2^128-1 atomic units."))
        : Optional.empty();
  }

  /**
   * What stands against it; empty where nothing does.
   *
   * @param wallets parties that are contracts
   * @param now the chain's time in seconds of 1970
   */
  public Optional<Refusal> refusal(EscrowBounds bounds, Set<EvmAddress> wallets, long now) {
    return refusalOfTerms(bounds)
        .or(
            () ->
                Consents.check(
                    List.of(
                        new Consents.Wanted(
                            account,
                            "the EIP-3009 authorization of the deposit",
                            toSign(bounds).digest(bounds.tokenDomain(token).orElseThrow()),
                            authorization.signature())),
                    wallets))
        .or(() -> OpenDecision.validity(authorization, now));
  }
}
