package org.earnest.bindings.anchor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.earnest.core.chain.Hash32;

/**
 * One root for many entries. A node is the Keccak-256 of its two children, the lesser one first;
 * one that has no sibling goes up as it is.
 */
public final class AnchorTree {
  /** Entries of one root at most. */
  public static final int MAX_ENTRIES = 1 << 20;

  /** From the leaves to the root. */
  private final List<List<Hash32>> levels;

  private AnchorTree(List<List<Hash32>> levels) {
    this.levels = levels;
  }

  /**
   * Builds the tree.
   *
   * @param entries one at least, {@link #MAX_ENTRIES} at most
   */
  public static AnchorTree of(List<AnchorEntry> entries) {
    if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException(
          "a root is of 1 to " + MAX_ENTRIES + " entries, not of " + entries.size());
    }
    List<List<Hash32>> levels = new ArrayList<>();
    List<Hash32> level = entries.stream().map(AnchorEntry::leaf).toList();
    levels.add(level);
    while (level.size() > 1) {
      level = above(level);
      levels.add(level);
    }
    return new AnchorTree(levels);
  }

  /** What is anchored. */
  public Hash32 root() {
    return levels.getLast().getFirst();
  }

  /**
   * What leads from an entry to the root: the siblings on the way.
   *
   * @param index the entry's place in the list
   */
  public List<Hash32> proof(int index) {
    int at = Objects.checkIndex(index, levels.getFirst().size());
    List<Hash32> proof = new ArrayList<>();
    for (List<Hash32> level : levels) {
      int sibling = at ^ 1;
      if (sibling < level.size()) {
        proof.add(level.get(sibling));
      }
      at /= 2;
    }
    return List.copyOf(proof);
  }

  private static List<Hash32> above(List<Hash32> level) {
    List<Hash32> above = new ArrayList<>();
    for (int i = 0; i < level.size(); i += 2) {
      boolean alone = i + 1 == level.size();
      above.add(alone ? level.get(i) : Pairs.node(level.get(i), level.get(i + 1)));
    }
    return above;
  }
}
