package org.earnest.bindings.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.earnest.core.chain.Hash32;
import org.junit.jupiter.api.Test;

final class AnchorTreeTest {
  private static List<AnchorEntry> entries(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> AnchorEntry.of("list " + i, "content".getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  private static Hash32 climbed(Hash32 leaf, List<Hash32> proof) {
    return proof.stream().reduce(leaf, Pairs::node);
  }

  @Test
  void oneEntryIsItsOwnRoot() {
    AnchorEntry entry = entries(1).getFirst();

    assertThat(AnchorTree.of(List.of(entry)).root()).isEqualTo(entry.leaf());
    assertThat(AnchorTree.of(List.of(entry)).proof(0)).isEmpty();
  }

  @Test
  void everyProofLeadsToTheRootWhateverTheSize() {
    for (int size = 1; size <= 33; size++) {
      List<AnchorEntry> entries = entries(size);
      AnchorTree tree = AnchorTree.of(entries);
      for (int i = 0; i < size; i++) {
        assertThat(climbed(entries.get(i).leaf(), tree.proof(i)))
            .as("%d of %d", i, size)
            .isEqualTo(tree.root());
      }
    }
  }

  @Test
  void anotherContentIsAnotherRoot() {
    AnchorEntry entry = entries(1).getFirst();

    assertThat(AnchorEntry.of("list 0", new byte[0]).leaf()).isNotEqualTo(entry.leaf());
    assertThat(AnchorEntry.of("list 1", "content".getBytes(StandardCharsets.UTF_8)).leaf())
        .isNotEqualTo(entry.leaf());
  }

  @Test
  void sizesOutOfRangeAreRefused() {
    List<AnchorEntry> tooMany =
        Collections.nCopies(AnchorTree.MAX_ENTRIES + 1, entries(1).getFirst());

    assertThatThrownBy(() -> AnchorTree.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AnchorTree.of(tooMany)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AnchorTree.of(entries(2)).proof(2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
