package org.earnest.bench.reorg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.earnest.bench.logs.BlockContents;
import org.earnest.bench.logs.Lineage;
import org.earnest.bench.logs.SyntheticLog;
import org.earnest.core.chain.EvmAddress;

/**
 * Agents are registered, renamed and sold, get feedback, responses and revocations, ask validators,
 * and settle deals; some events make no sense. Every log leaves a row in the index, if only in
 * quarantine.
 */
final class AgentLives implements BlockContents {
  static final EvmAddress IDENTITY = new EvmAddress("0x" + "80".repeat(20));
  static final EvmAddress REPUTATION = new EvmAddress("0x" + "81".repeat(20));
  static final EvmAddress ESCROW = new EvmAddress("0x" + "82".repeat(20));
  static final EvmAddress VALIDATION = new EvmAddress("0x" + "83".repeat(20));

  /** No story is longer, in blocks. */
  static final int SPAN = 40;

  /** An agent comes in every so many blocks. */
  private static final int AGENT_EVERY = 20;

  /** Half of what happens is about the newest agents, half about the oldest. */
  private static final int NEWEST = 4;

  private static final int OLDEST = 6;

  /** Of so many blocks without a new agent, in how many what begins. */
  private static final int OF = 20;

  private static final int FEEDBACK = 2;
  private static final int DEALS = 1;
  private static final int VALIDATIONS = 1;
  private static final int CONFUSED_ONE_IN = 4;
  private static final int BRANCH_SEEN = 20;
  private static final Story NOTHING = (day, random) -> List.of();

  private final long seed;
  private final Map<Place, Story> stories = new ConcurrentHashMap<>();

  AgentLives(long seed) {
    this.seed = seed;
  }

  private record Place(long block, int fork) {}

  @Override
  public List<SyntheticLog> logs(long block, Lineage lineage) {
    List<SyntheticLog> logs = new ArrayList<>();
    RandomGenerator random = random(new Place(block, lineage.fork(block)), 1);
    for (long born = Math.max(1, block - SPAN); born <= block; born++) {
      Story story = story(new Place(born, lineage.fork(born)));
      logs.addAll(story.on((int) (block - born), random));
    }
    if (random.nextInt(CONFUSED_ONE_IN) == 0) {
      logs.addAll(ofTheOtherBranch(block, lineage, random));
    }
    return logs;
  }

  /** The end of a deal that was opened where the chain went before. */
  private List<SyntheticLog> ofTheOtherBranch(long block, Lineage lineage, RandomGenerator random) {
    for (long born = Math.max(1, block - BRANCH_SEEN); born <= block; born++) {
      int fork = lineage.fork(born);
      if (fork > 0 && story(new Place(born, fork - 1)) instanceof DealStory left) {
        return List.of(left.closed(0, random));
      }
    }
    return List.of();
  }

  private Story story(Place place) {
    return stories.computeIfAbsent(place, this::begin);
  }

  private Story begin(Place place) {
    RandomGenerator random = random(place, 0);
    if (place.block() % AGENT_EVERY == 0) {
      return new AgentStory(place.block() / AGENT_EVERY, random);
    }
    String name = "%d %d %d".formatted(seed, place.block(), place.fork());
    long agents = Math.max(1, place.block() / AGENT_EVERY);
    int kind = random.nextInt(OF);
    if (kind < FEEDBACK) {
      return new FeedbackStory(place.block(), agent(agents, random), random);
    }
    if (kind < FEEDBACK + DEALS) {
      return new DealStory(
          name, agent(agents, random), agent(agents, random), agent(agents, random), random);
    }
    if (kind < FEEDBACK + DEALS + VALIDATIONS) {
      return new ValidationStory(
          random.nextBoolean() ? name : comesBack(place), agent(agents, random), random);
    }
    return kind == OF - 1 ? new NonsenseStory(name, agent(agents, random), random) : NOTHING;
  }

  /** The same request in every second fork, and in those between at the next height or the last. */
  private String comesBack(Place place) {
    return "%d %d".formatted(seed, place.block() ^ (place.fork() & 1));
  }

  private static long agent(long agents, RandomGenerator random) {
    return random.nextBoolean()
        ? 1 + random.nextLong(Math.min(OLDEST, agents))
        : Math.max(1, agents - random.nextInt(NEWEST));
  }

  private RandomGenerator random(Place place, int use) {
    long mixed = ((seed * 31 + place.block()) * 31 + place.fork()) * 31 + use;
    return new SplittableRandom(mixed);
  }
}
