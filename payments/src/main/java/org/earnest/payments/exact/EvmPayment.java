package org.earnest.payments.exact;

import java.math.BigInteger;
import java.time.Instant;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;

/** A payment by one signature, read and nothing more: whether it is good is another question. */
public interface EvmPayment {
  /** What a payment is judged for. */
  enum Purpose {
    VERIFY,
    SETTLE
  }

  /** What is to move. */
  TokenAmount price();

  EvmAddress payTo();

  default EvmAddress payer() {
    return key().from();
  }

  PaymentKey key();

  /** What the payer signed, if the signature is good. */
  Hash32 digest();

  byte[] signature();

  /** The call that moves the money. */
  ChainCall transfer();

  /** Second of 1970 from which on it moves nothing. */
  BigInteger validBefore();

  /** Why it is refused where the signature is not the payer's. */
  Reason badSignature();

  /** The payment again if it pays the offer and is valid at this time, judged without a chain. */
  Reading<EvmPayment> judge(Instant now, Purpose purpose);
}
