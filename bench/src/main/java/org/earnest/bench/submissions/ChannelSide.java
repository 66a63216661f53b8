package org.earnest.bench.submissions;

import java.util.Map;
import org.earnest.core.chain.EvmAddress;

/** A buyer, a shop and a facilitator of one maker, and one channel between buyer and shop. */
interface ChannelSide {
  /** The word for it in tables. */
  String contender();

  /** Makes so many calls at once, each of which pays by a voucher of its own. */
  Calls call(int atOnce);

  /** How often the shop's handler ran so far. */
  long handlerRuns();

  /** Atomic units that the shop has sold for so far, by its own books. */
  long sold();

  /** Whom the channel pays. */
  EvmAddress payee();

  /** Who pays for gas here. */
  EvmAddress relayer();

  /** Claims what was sold for, and has it paid out. */
  void cash();

  /** Nanoseconds of processor time of all who take part here, but for the database. */
  long cpu(Cpu used);

  /**
   * What became of calls.
   *
   * @param served answered by 200 and with their own answer
   * @param refusals how many of the others ended with which reason
   */
  record Calls(int served, Map<String, Long> refusals) {
    public Calls {
      refusals = Map.copyOf(refusals);
    }
  }
}
