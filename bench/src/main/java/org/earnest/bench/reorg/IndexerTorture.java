package org.earnest.bench.reorg;

import java.util.List;
import java.util.function.Consumer;
import org.earnest.kit.process.Lifecycle;

/**
 * Has a chain change its mind under the indexer and kills the indexer's process, as a seed says,
 * and compares the index with a fresh rebuild whenever it has come to rest.
 */
public final class IndexerTorture {
  private final ReorgSettings settings;
  private final Consumer<String> progress;
  private final Tally tally = new Tally();

  private IndexerTorture(ReorgSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Runs all of it, or up to the first comparison that finds a difference.
   *
   * @param progress takes a line now and then
   */
  public static ReorgReport run(ReorgPlan plan, ReorgSettings settings, Consumer<String> progress) {
    return new IndexerTorture(settings, progress).run(plan);
  }

  private ReorgReport run(ReorgPlan plan) {
    try (Lifecycle lifecycle = new Lifecycle()) {
      ReorgStage stage = ReorgStage.set(plan, lifecycle);
      List<List<Blow>> chapters = BlowSchedule.of(settings);
      for (int number = 0; number < chapters.size() && tally.isClean(); number++) {
        tell(stage, number, chapters.get(number));
        progress.accept(tally.progress(settings));
      }
    }
    return tally.report(settings.seed());
  }

  private void tell(ReorgStage stage, int number, List<Blow> blows) {
    try (Chapter chapter = Chapter.begin(stage, settings.seed() + number, tally)) {
      for (int i = 0; i < blows.size() && tally.isClean(); i++) {
        chapter.take(blows.get(i));
        if (!tally.isClean()) {
          tally.differs(
              List.of("that was chapter %d, blow %d: %s".formatted(number, i, blows.get(i))));
        }
      }
    }
  }
}
