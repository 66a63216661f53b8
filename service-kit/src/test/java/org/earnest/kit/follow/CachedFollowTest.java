package org.earnest.kit.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.logcache.LogFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CachedFollowTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int HORIZON = 32;
  private static final long SEED = 20261122;

  @TempDir Path folder;
  private final SimulatedChain chain = new SimulatedChain(0);

  @Test
  void aRebuiltStoreAsksForNothingThatIsKept() throws Exception {
    chain.grow(3_000, 7);
    assertThat(follow(chain, settings()).logs()).isEqualTo(chain.allLogs());
    int before = chain.logQueries();
    chain.forgetHeightsAsked();

    InMemoryFollowStore rebuilt = follow(chain, settings());

    assertThat(rebuilt.logs()).isEqualTo(chain.allLogs());
    assertThat(chain.logQueries() - before)
        .as("what is above the horizon alone")
        .isLessThanOrEqualTo(HORIZON / 16 + 1);
    assertThat(chain.heightsAsked())
        .as("those above the horizon, and the last of each file")
        .hasSizeLessThan(HORIZON + 40);
    assertThat(files().count()).isBetween(3L, 10L);
  }

  @Test
  void keepsWhatBecameFinalWhileItWasAtTheHead() throws Exception {
    InMemoryFollowStore store = new InMemoryFollowStore();
    try (LogFollower follower = LogFollower.start("test", chain, store, settings())) {
      for (int i = 0; i < 40; i++) {
        chain.grow(10, 1);
        assertThat(follower.awaitBlock(chain.head(), PATIENCE)).isTrue();
        if (i % 3 == 0) {
          chain.drop(7);
          chain.grow(8, 1);
          assertThat(follower.awaitBlock(chain.head(), PATIENCE)).isTrue();
        }
      }
    }
    int before = chain.logQueries();

    assertThat(follow(chain, settings()).logs()).isEqualTo(chain.allLogs());
    assertThat(chain.logQueries() - before).isLessThanOrEqualTo(HORIZON / 16 + 2);
  }

  /** A run that ends anywhere leaves gaps, which the next rebuilding fills. */
  @Test
  void holdsTheSameAsTheChainWhateverIsMissingFromTheFiles() throws Exception {
    Random random = new Random(SEED);
    chain.grow(2_000, 5);
    for (int i = 0; i < 12; i++) {
      chain.grow(random.nextInt(400), 5);
      assertThat(follow(chain, settings()).logs())
          .as("seed %d, %d", SEED, i)
          .isEqualTo(chain.allLogs());
      for (Path file : files().toList()) {
        int fate = random.nextInt(4);
        if (fate == 0) {
          Files.delete(file);
        } else if (fate == 1) {
          byte[] bytes = Files.readAllBytes(file);
          bytes[random.nextInt(bytes.length)] ^= 1;
          Files.write(file, bytes);
        }
      }
    }
  }

  @Test
  void aChainThatChangedBelowWhatWasKeptIsReadAnew() throws Exception {
    chain.grow(3_000, 7);
    follow(chain, settings());
    for (int depth : new int[] {40, 700, 2_900}) {
      chain.drop(depth);
      chain.grow(depth + 5, 7);
      assertThat(follow(chain, settings()).logs()).as("%d", depth).isEqualTo(chain.allLogs());
    }
    assertThat(follow(chain, settings()).logs()).isEqualTo(chain.allLogs());
  }

  /** A development chain that begins anew has the same first block. */
  @Test
  void rangesOfAnotherHistoryAreNotBelievedBelowOneThatHolds() throws Exception {
    chain.grow(3_000, 7);
    follow(chain, settings());
    List<Path> old = files().toList();
    Path first = old.getFirst();
    byte[] ofTheOldHistory = Files.readAllBytes(first);
    chain.drop(3_000);
    chain.grow(3_000, 7);
    for (Path file : old) {
      Files.delete(file);
    }
    follow(chain, settings());
    for (Path file : files().toList()) {
      if (file.getFileName().toString().startsWith("0000000000000000001-")) {
        Files.delete(file);
      }
    }
    assertThat(files()).isNotEmpty();
    Files.write(first, ofTheOldHistory);
    int before = chain.logQueries();

    assertThat(follow(chain, settings()).logs()).isEqualTo(chain.allLogs());
    assertThat(chain.logQueries()).isGreaterThan(before);
    assertThat(Files.exists(first) && Arrays.equals(Files.readAllBytes(first), ofTheOldHistory))
        .isFalse();
  }

  @Test
  void keepsNothingWhileTheNodeDoesNotSayWhatIsFinal() throws Exception {
    chain.grow(1_000, 7);
    chain.tellNoFinality(true);
    assertThat(follow(chain, settings()).logs()).isEqualTo(chain.allLogs());
    assertThat(files()).isEmpty();

    chain.tellNoFinality(false);
    assertThat(follow(chain, settings()).logs()).isEqualTo(chain.allLogs());
    assertThat(files()).isNotEmpty();
  }

  @Test
  void anotherChainAndOtherContractsUseNothingOfIt() throws Exception {
    chain.grow(500, 2);
    follow(chain, settings());
    SimulatedChain other = new SimulatedChain(9_000_000);
    other.grow(500, 2);
    assertThat(follow(other, settings()).logs()).isEqualTo(other.allLogs());

    int before = chain.logQueries();
    EvmAddress silent = new EvmAddress("0x" + "51".repeat(20));
    FollowSettings more =
        FollowSettings.of(Set.of(SimulatedChain.CONTRACT, silent))
            .withHorizon(HORIZON)
            .cachedIn(LogFiles.in(folder));
    assertThat(follow(chain, more).logs()).isEqualTo(chain.allLogs());
    assertThat(chain.logQueries() - before).isGreaterThan(4);
  }

  @Test
  void goesOnInTheMiddleOfAKeptRange() throws Exception {
    chain.grow(3_000, 7);
    follow(chain, settings());
    InMemoryFollowStore store = new InMemoryFollowStore();
    store.begin(block(0).hash(), block(0));
    store.append(block(0), TimedBlock.untold(block(50)), chain.allLogs().subList(0, 50 * 7));
    int before = chain.logQueries();

    try (LogFollower follower = LogFollower.start("test", chain, store, settings())) {
      assertThat(follower.awaitBlock(chain.head(), PATIENCE)).isTrue();
    }
    assertThat(store.logs()).isEqualTo(chain.allLogs());
    assertThat(chain.logQueries() - before)
        .as(() -> files().map(Path::toString).toList().toString())
        .isLessThanOrEqualTo(HORIZON / 16 + 1);
  }

  private static InMemoryFollowStore follow(SimulatedChain chain, FollowSettings settings)
      throws InterruptedException {
    InMemoryFollowStore store = new InMemoryFollowStore();
    try (LogFollower follower = LogFollower.start("test", chain, store, settings)) {
      assertThat(follower.awaitBlock(chain.head(), PATIENCE)).isTrue();
    }
    return store;
  }

  private BlockRef block(long number) {
    return chain.block(new BlockTag.Height(number)).orElseThrow().ref();
  }

  private FollowSettings settings() {
    return FollowSettings.of(Set.of(SimulatedChain.CONTRACT))
        .withHorizon(HORIZON)
        .cachedIn(LogFiles.in(folder));
  }

  private Stream<Path> files() {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.toString().endsWith(".logs")).sorted().toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
