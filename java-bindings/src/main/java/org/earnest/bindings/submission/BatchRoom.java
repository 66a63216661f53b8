package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.bindings.signer.SigningPolicy;

/** How much gas a batch may be expected to need. */
final class BatchRoom {
  private static final BigInteger HUNDRED = BigInteger.valueOf(100);

  private final Preparation preparation;
  private final SubmissionSettings settings;

  BatchRoom(Preparation preparation, SubmissionSettings settings) {
    this.preparation = preparation;
    this.settings = settings;
  }

  /**
   * What the settings allow, and the key's policy at the fees of this moment: what is filled beyond
   * that is refused as a whole.
   *
   * @return gas units, before the margin of the settings
   */
  BigInteger gas() {
    Optional<BigInteger> maxFee = settings.policy().map(SigningPolicy::maxFee);
    return maxFee.map(this::payable).map(settings.maxGas()::min).orElseGet(settings::maxGas);
  }

  private BigInteger payable(BigInteger maxFee) {
    BigInteger perGas = preparation.fees().maxFeePerGas().max(BigInteger.ONE);
    BigInteger limit = maxFee.divide(perGas);
    return limit
        .multiply(HUNDRED)
        .divide(HUNDRED.add(BigInteger.valueOf(settings.gasMarginPercent())));
  }
}
