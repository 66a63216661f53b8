package org.earnest.payments.testing;

import java.math.BigInteger;
import java.time.Instant;
import org.earnest.bindings.eip712.TransferWithAuthorization;
import org.earnest.core.chain.EvmAddress;

/** Authorizations that differ from another in one thing. */
public final class Authorizations {
  private Authorizations() {}

  /** The same for another amount, in atomic units. */
  public static TransferWithAuthorization valued(TransferWithAuthorization a, long value) {
    return new TransferWithAuthorization(
        a.from(), a.to(), BigInteger.valueOf(value), a.validAfter(), a.validBefore(), a.nonce());
  }

  /** The same to another payee. */
  public static TransferWithAuthorization paying(TransferWithAuthorization a, EvmAddress to) {
    return new TransferWithAuthorization(
        a.from(), to, a.value(), a.validAfter(), a.validBefore(), a.nonce());
  }

  /** The same with another end. */
  public static TransferWithAuthorization until(TransferWithAuthorization a, Instant end) {
    return new TransferWithAuthorization(
        a.from(), a.to(), a.value(), a.validAfter(), second(end), a.nonce());
  }

  /** The same with another beginning. */
  public static TransferWithAuthorization after(TransferWithAuthorization a, Instant start) {
    return new TransferWithAuthorization(
        a.from(), a.to(), a.value(), second(start), a.validBefore(), a.nonce());
  }

  private static BigInteger second(Instant instant) {
    return BigInteger.valueOf(instant.getEpochSecond());
  }
}
