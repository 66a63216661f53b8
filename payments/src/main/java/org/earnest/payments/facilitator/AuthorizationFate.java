package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.submission.FinalBlock;
import org.earnest.payments.exact.PaymentKey;

/** What has become of an authorization, by a block that no reorganisation takes back. */
final class AuthorizationFate {
  /** The fate itself. */
  enum Fate {
    /** It may still move the money, or has so recently that it can be taken back. */
    LIVE,
    /** It was used or cancelled. */
    USED,
    /** Its time has passed without use: no block to come can use it. */
    EXPIRED
  }

  private final ChainReader chain;
  private final FinalBlock last;

  AuthorizationFate(ChainReader chain, FinalBlock last) {
    this.chain = chain;
    this.last = last;
  }

  /** Whether it was used or cancelled by now, in a block that may yet be taken back. */
  boolean usedByNow(PaymentKey key) {
    return Rail.of(key.method()).isUsed(chain, key, BlockTag.Named.LATEST);
  }

  /**
   * Asks the chain.
   *
   * @param validBefore seconds since 1970
   */
  Fate of(PaymentKey key, BigInteger validBefore) {
    Optional<BlockHeader> block = last.header();
    if (block.isEmpty()) {
      return Fate.LIVE;
    }
    BlockTag at = new BlockTag.Height(block.get().ref().number());
    if (Rail.of(key.method()).isUsed(chain, key, at)) {
      return Fate.USED;
    }
    return BigInteger.valueOf(block.get().timestamp()).compareTo(validBefore) >= 0
        ? Fate.EXPIRED
        : Fate.LIVE;
  }
}
