package org.earnest.bench.torture;

import java.time.Duration;
import org.earnest.bench.engine.Orders.Trap;

/** When one life of the engine is to end. */
sealed interface Kill {
  /** Where it stops by itself to wait for it. */
  record AtPoint(Trap trap) implements Kill {
    @Override
    public Kill sooner() {
      return new AtPoint(new Trap(trap.point(), 0, trap.amidNewWork()));
    }
  }

  /**
   * Wherever it is by then.
   *
   * @param after its beginning
   */
  record AtInstant(Duration after) implements Kill {
    @Override
    public Kill sooner() {
      return this;
    }
  }

  /** The same kill, where it is met at the first pass. */
  Kill sooner();
}
