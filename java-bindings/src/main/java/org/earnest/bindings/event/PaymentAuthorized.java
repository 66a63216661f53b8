package org.earnest.bindings.event;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;

/** The commerce-payments escrow's word that it holds a payment, with all that names it. */
public final class PaymentAuthorized {
  /** Its signature. */
  public static final Hash32 TOPIC =
      Keccak256.hash(
          "PaymentAuthorized(bytes32,(address,address,address,address,uint120,uint48,uint48,uint48,"
              + "uint16,uint16,address,uint256),uint256,address)");

  private static final int TOPICS = 2;
  private static final int SECONDS = 6;
  private static final int BASIS_POINTS = 2;

  private PaymentAuthorized() {}

  /** The payment that a log tells of; empty for another log, or one that is not well-formed. */
  public static Optional<PaymentInfo> read(Caip2ChainId chain, ChainLog log) {
    if (log.removed()
        || !log.address().equals(PaymentInfo.ESCROW)
        || log.topics().size() != TOPICS
        || !log.topics().getFirst().equals(TOPIC)) {
      return Optional.empty();
    }
    try {
      PaymentInfo payment = payment(new AbiWords(Hex.decode(log.data())));
      return Optional.of(payment).filter(read -> read.id(chain).equals(log.topics().get(1)));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static PaymentInfo payment(AbiWords words) {
    return new PaymentInfo(
        address(words, 0),
        address(words, 1),
        address(words, 2),
        address(words, 3),
        words.unsigned(4 * AbiWords.WORD, AbiWords.WORD),
        number(words, 5, SECONDS),
        number(words, 6, SECONDS),
        number(words, 7, SECONDS),
        (int) number(words, 8, BASIS_POINTS),
        (int) number(words, 9, BASIS_POINTS),
        address(words, 10),
        words.unsigned(11 * AbiWords.WORD, AbiWords.WORD));
  }

  private static EvmAddress address(AbiWords words, int index) {
    return EvmAddress.of(words.end(index * AbiWords.WORD, EvmAddress.BYTES));
  }

  private static long number(AbiWords words, int index, int bytes) {
    BigInteger read = words.unsigned(index * AbiWords.WORD, bytes);
    return read.longValueExact();
  }
}
