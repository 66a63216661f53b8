package org.earnest.bindings.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.LogsBloom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

class HeaderBloomTest {
  private static final EvmAddress OURS = new EvmAddress("0x" + "81".repeat(20));
  private static final EvmAddress OTHER = new EvmAddress("0x" + "82".repeat(20));

  @Test
  void speaksOfWhatWasAddedAndOfLittleElse() {
    byte[] bloom = new byte[256];
    add(bloom, OURS.bytes());
    LogsBloom read = HeaderBloom.of(new StringNode(Hex.encode(bloom)));

    assertThat(read.mayHold(OURS.bytes())).isTrue();
    assertThat(read.mayHold(OTHER.bytes())).isFalse();
    assertThat(BitSet.valueOf(bloom).cardinality()).isBetween(1, 3);
  }

  @Test
  void isSilentWhereANodeTellsNone() {
    assertThat(HeaderBloom.of(new StringNode("0x00")).mayHold(OURS.bytes())).isFalse();
    assertThat(HeaderBloom.of(new StringNode("0x" + "ff".repeat(256))).mayHold(OURS.bytes()))
        .isTrue();
  }

  /** As go-ethereum writes it: from the last byte on. */
  private static void add(byte[] bloom, byte[] value) {
    byte[] hash = Keccak256.hash(value).bytes();
    for (int i = 0; i < 6; i += 2) {
      int bit = (((hash[i] & 0xff) << 8) | (hash[i + 1] & 0xff)) & 0x7ff;
      bloom[255 - bit / 8] |= (byte) (1 << (bit % 8));
    }
  }
}
