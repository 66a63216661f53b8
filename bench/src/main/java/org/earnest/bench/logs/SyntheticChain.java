package org.earnest.bench.logs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.Hash32;

/**
 * A chain without transactions' effects: blocks, their hashes and their logs, by a seed. Its head
 * is moved and its blocks are replaced by whoever tests.
 */
public final class SyntheticChain {
  public static final Caip2ChainId ID = Caip2ChainId.eip155(31_337);

  /** Seconds of 1970 of block 0. */
  static final long GENESIS_TIME = 1_760_000_000L;

  private static final long BLOCK_SECONDS = 2;

  private final long seed;
  private final BlockContents contents;
  private final Map<Place, SyntheticBlock> made = new ConcurrentHashMap<>();
  private volatile View view;

  /**
   * A chain.
   *
   * @param head the newest block's number
   */
  public SyntheticChain(long seed, long head, BlockContents contents) {
    this.seed = seed;
    this.contents = contents;
    this.view = new View(head, new TreeMap<>(Map.of(0L, 0)));
  }

  private record Place(long block, int fork) {}

  /**
   * Which blocks there are from one moment on: from each key on, blocks are of that fork.
   *
   * @param since by {@link System#nanoTime()}
   */
  record View(long head, NavigableMap<Long, Integer> forks, long since) {
    private View(long head, NavigableMap<Long, Integer> forks) {
      this(head, forks, System.nanoTime());
    }

    private Place place(long block) {
      return new Place(block, forks.floorEntry(block).getValue());
    }
  }

  View view() {
    return view;
  }

  public long head() {
    return view.head();
  }

  /** The hash of a block that there is. */
  public Hash32 hash(long number) {
    return block(view, number).orElseThrow().hash();
  }

  /** Moves the head forwards. */
  public synchronized void head(long block) {
    view = new View(Math.max(block, view.head()), view.forks());
  }

  /**
   * Puts others in the place of the newest blocks.
   *
   * @param depth how many; block 0 stays
   */
  public synchronized void reorganise(long depth) {
    NavigableMap<Long, Integer> forks = new TreeMap<>(view.forks());
    int newest = forks.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    long first = Math.max(1, view.head() - depth + 1);
    forks.tailMap(first, true).clear();
    forks.put(first, newest + 1);
    view = new View(view.head(), forks);
  }

  /** Writes every block now, so that nobody waits for it later. */
  public void write() {
    View now = view;
    for (long number = 0; number <= now.head(); number++) {
      var unused = block(now, number);
    }
  }

  /** Empty above the head. */
  Optional<SyntheticBlock> block(View at, long number) {
    return number < 0 || number > at.head()
        ? Optional.empty()
        : Optional.of(made.computeIfAbsent(at.place(number), place -> make(at, place)));
  }

  /** The block of this hash, also one that was replaced. */
  Optional<SyntheticBlock> block(Hash32 hash) {
    return made.values().stream().filter(block -> block.hash().equals(hash)).findFirst();
  }

  private SyntheticBlock make(View at, Place place) {
    Hash32 parent =
        place.block() == 0 ? Hash32.ZERO : digest("block", at.place(place.block() - 1), 0);
    return SyntheticBlock.of(
        place.block(),
        digest("block", place, 0),
        parent,
        GENESIS_TIME + place.block() * BLOCK_SECONDS,
        contents.logs(place.block(), number -> at.place(number).fork()),
        index -> digest("transaction", place, index));
  }

  private Hash32 digest(String what, Place place, int index) {
    String text = "%s %d %d %d %d".formatted(what, seed, place.block(), place.fork(), index);
    try {
      return Hash32.of(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }
}
