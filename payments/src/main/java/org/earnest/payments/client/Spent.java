package org.earnest.payments.client;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Hash32;

/** What was paid within the last day; what was signed counts, whatever became of it. */
interface Spent {
  /** The newest payment on a route. */
  Optional<Spending> lastFor(Hash32 route);

  /** Atomic units at one origin. */
  BigInteger at(String origin, Caip19AssetId asset);

  /** Atomic units in all. */
  BigInteger inAll(Caip19AssetId asset);

  /** What lies in channels and was not signed away. */
  BigInteger locked(Caip19AssetId asset);
}
