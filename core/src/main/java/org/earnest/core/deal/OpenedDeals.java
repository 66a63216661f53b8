package org.earnest.core.deal;

import java.math.BigInteger;
import java.time.Instant;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip19AssetId;

/** What accounts put into deals as their client. */
@FunctionalInterface
public interface OpenedDeals {
  /**
   * Atomic units that an account paid into deals of one token since an instant, whatever came of
   * them: a sum that can only be too high, never too low, for what is on the chain.
   *
   * @throws OpenedDealsUnavailableException when it cannot be told now
   */
  BigInteger openedSince(Caip10AccountId client, Caip19AssetId asset, Instant since);
}
