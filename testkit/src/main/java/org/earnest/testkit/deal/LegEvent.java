package org.earnest.testkit.deal;

import java.util.Set;
import org.earnest.core.chain.EvmAddress;

/**
 * Something that somebody tries.
 *
 * @param at second of 1970
 * @param sender of the transaction
 * @param signed whose signatures come along; one at most, but for join and settle, which have room
 *     for two
 */
public record LegEvent(long at, EvmAddress sender, Set<EvmAddress> signed, LegVerb verb) {
  public LegEvent {
    signed = Set.copyOf(signed);
  }
}
