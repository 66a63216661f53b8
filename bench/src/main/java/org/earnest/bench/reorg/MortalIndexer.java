package org.earnest.bench.reorg;

import java.io.IOException;
import org.earnest.bench.indexer.IndexerProgram;

/**
 * The indexer's process without a guard between, as the kill is to hit it and nothing else. It ends
 * when its input does.
 */
public final class MortalIndexer {
  private MortalIndexer() {}

  /** Takes its errand from the environment, as {@link IndexerProgram} does. */
  public static void main(String[] args) throws InterruptedException {
    Thread.ofPlatform().daemon().name("end-of-input").start(MortalIndexer::endWithInput);
    IndexerProgram.main(args);
  }

  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is told to it.
      }
    } catch (IOException gone) {
      // That is an end, too.
    }
    System.exit(0);
  }
}
