package org.earnest.bench.reorg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.earnest.bench.logs.LogNode;
import org.earnest.bench.logs.NodeManners;
import org.earnest.bench.logs.RangeDialect;
import org.earnest.bench.logs.SyntheticChain;
import org.earnest.core.chain.BlockRef;
import org.earnest.kit.follow.FollowSettings;
import org.earnest.reputation.store.ReputationStore;

/** One chain and one database, from empty to the last blow. */
final class Chapter implements AutoCloseable {
  private static final long FIRST_HEAD = 450;

  /** More than the horizon, so that there is history to read again. */
  private static final long FAR = FollowSettings.DEFAULT_HORIZON + 100L;

  private static final int LEAST_RANGE = 10;
  private static final int MOST_RANGE = 60;
  private static final int MAX_LATENCY_MILLIS = 4;
  private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(5);

  /** For what was under way on the server when the process stopped to come to its end. */
  private static final Duration SETTLING = Duration.ofMillis(5);

  /** With none of them. */
  private static final int TROUBLES = 4;

  /** Less than an indexer doubts an answer for. */
  private static final int MAX_LATE_MILLIS = 300;

  private static final int MOST_OFTEN_MISSING = 5;
  private static final int MOST_OFTEN_LIMITED = 30;
  private static final int RARELY = 100;

  private final ReorgStage stage;
  private final Tally tally;
  private final SyntheticChain chain;
  private final LogNode node;
  private final LogNode witness;
  private IndexerLife life;

  private Chapter(ReorgStage stage, long seed, Tally tally) {
    this.stage = stage;
    this.tally = tally;
    chain = new SyntheticChain(seed, FIRST_HEAD, new AgentLives(seed));
    node = LogNode.start(chain, manners(new SplittableRandom(seed)));
    witness = LogNode.start(chain, NodeManners.GOOD);
    life = stage.life(node.url());
  }

  static Chapter begin(ReorgStage stage, long seed, Tally tally) {
    stage.forget();
    return new Chapter(stage, seed, tally);
  }

  private static NodeManners manners(RandomGenerator random) {
    RangeDialect[] dialects = RangeDialect.values();
    NodeManners manners =
        NodeManners.GOOD
            .refusing(
                dialects[random.nextInt(dialects.length)], random.nextInt(LEAST_RANGE, MOST_RANGE))
            .after(Duration.ofMillis(random.nextInt(MAX_LATENCY_MILLIS)));
    return trouble(random, random.nextBoolean() ? manners : manners.untimed());
  }

  private static NodeManners trouble(RandomGenerator random, NodeManners manners) {
    return switch (random.nextInt(TROUBLES)) {
      case 0 -> manners.tellingLogsLate(Duration.ofMillis(random.nextInt(MAX_LATE_MILLIS)));
      case 1 -> manners.missingLogs(random.nextInt(MOST_OFTEN_MISSING, RARELY));
      case 2 -> manners.limitingRate(random.nextInt(MOST_OFTEN_LIMITED, RARELY));
      default -> manners;
    };
  }

  void take(Blow blow) {
    if (blow.far()) {
      chain.head(chain.head() + FAR);
    }
    switch (blow.kill()) {
      case NONE -> {
        if (lag() > 0) {
          awaitRequests(blow);
        }
        reorganise(blow, false);
      }
      case BEFORE -> {
        chain.head(chain.head() + 1 + blow.growth());
        awaitRequests(blow);
        kill();
        reorganise(blow, true);
        life = stage.life(node.url());
      }
      case AFTER -> {
        reorganise(blow, false);
        awaitRequests(blow);
        kill();
        life = stage.life(node.url());
      }
    }
    if (blow.rests()) {
      rest();
    }
  }

  private void reorganise(Blow blow, boolean dead) {
    tally.reorganised(isBackfill(), dead);
    chain.reorganise(blow.depth());
    chain.head(chain.head() + blow.growth());
  }

  private void kill() {
    life.freeze();
    LockSupport.parkNanos(SETTLING.toNanos());
    boolean inTransaction = stage.isInTransaction();
    tally.killed(isBackfill(), inTransaction);
    life.kill();
  }

  private boolean isBackfill() {
    return lag() > FollowSettings.DEFAULT_HORIZON;
  }

  private long lag() {
    return chain.head() - stage.cursor().map(BlockRef::number).orElse(0L);
  }

  /** Not for ever: a process at rest asks little. */
  private void awaitRequests(Blow blow) {
    long wanted = node.traffic().requests() + blow.requests();
    long deadline = System.nanoTime() + REQUEST_PATIENCE.toNanos();
    while (node.traffic().requests() < wanted && System.nanoTime() - deadline < 0) {
      Pauses.blink();
    }
    LockSupport.parkNanos(blow.delay().toNanos());
  }

  /** Until the index has come to the head, where it is compared. */
  private void rest() {
    BlockRef head = new BlockRef(SyntheticChain.ID, chain.head(), chain.hash(chain.head()));
    if (!stage.awaits(life, head.hash())) {
      tally.differs(
          List.of(
              (life.isAlive() ? "the index stands still" : "the index ended by itself")
                  + " at "
                  + stage.cursor().map(BlockRef::toString).orElse("no block")
                  + ", the chain is at "
                  + head
                  + "; it last wrote: "
                  + life.lastLine()));
    } else {
      compare(head);
    }
  }

  private void compare(BlockRef head) {
    SchemaDigest.Comparison comparison =
        SchemaDigest.compare(stage.index(), stage.rebuilt(witness, head));
    List<String> differences = new ArrayList<>(comparison.differences());
    differences.addAll(
        new ChainWitness(chain, ReorgStage.reader(witness)).differences(stage.index()));
    tally.compared(comparison.rows());
    tally.differs(differences);
  }

  @Override
  public void close() {
    life.kill();
    node.close();
    witness.close();
    tally.undone(
        stage
            .index()
            .<Long, RuntimeException>call(
                handle ->
                    handle
                        .createQuery(
                            "select count(*) from " + ReputationStore.SCHEMA + ".undone_block")
                        .mapTo(Long.class)
                        .one()));
  }
}
