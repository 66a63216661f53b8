package org.earnest.cli.deal;

import java.util.function.Consumer;
import org.earnest.core.deal.LegState;

/**
 * A way that a deal can go.
 *
 * @param id for programs
 * @param story what happens, for people
 * @param begins active where every payee signed at opening, else offered
 * @param plot what happens to a leg that can go this way
 */
record DealPath(String id, String story, LegState begins, Need need, Consumer<LegScript> plot) {
  /** One that every payee signed for. */
  DealPath(String id, String story, Need need, Consumer<LegScript> plot) {
    this(id, story, LegState.ACTIVE, need, plot);
  }

  /** How legs go that cannot go another way. */
  static void well(LegScript leg) {
    leg.deliver(0).accept();
  }
}
