package org.earnest.bench.reorg;

import java.util.List;
import java.util.random.RandomGenerator;
import org.earnest.bench.logs.SyntheticLog;

/** What begins in one block and goes on in later ones. */
interface Story {
  /**
   * What happens on a day of it.
   *
   * @param day blocks since it began
   * @param random of the block in which it happens: on another branch it goes on in another way
   */
  List<SyntheticLog> on(int day, RandomGenerator random);
}
