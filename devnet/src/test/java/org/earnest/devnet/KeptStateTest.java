package org.earnest.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptStateTest {
  private static final String WHOLE =
      "{\"blocks\":[{\"n\":1},{\"n\":2}],\"accounts\":{\"a\":\"0x00\"}}";
  private static final long SEED = 20261121;
  private static final int CUTS = 200;

  @TempDir Path directory;
  private Path source;
  private KeptState kept;

  @BeforeEach
  void place() {
    source = directory.resolve("chain.json");
    kept = new KeptState(source, directory.resolve("chain.kept.json"));
  }

  @Test
  void nothingToKeepIsNoDamage() throws IOException {
    kept.keepIfWhole();
    assertThat(kept.copy()).doesNotExist();
    assertThat(kept.damaged()).isFalse();
  }

  @Test
  void keepsWhatIsWhole() throws IOException {
    Files.writeString(source, WHOLE);
    kept.keepIfWhole();
    assertThat(kept.copy()).hasContent(WHOLE);
    assertThat(kept.damaged()).isFalse();
  }

  @Test
  void aDumpCutAnywhereLeavesTheCopyBeforeIt() throws IOException {
    Files.writeString(source, WHOLE);
    kept.keepIfWhole();
    Random random = new Random(SEED);
    for (int i = 0; i < CUTS; i++) {
      Files.writeString(source, WHOLE.substring(0, random.nextInt(WHOLE.length())));
      kept.keepIfWhole();
      assertThat(kept.copy()).as("seed %d, cut %d", SEED, i).hasContent(WHOLE);
      assertThat(kept.damaged()).isFalse();
    }
  }

  @Test
  void aHalfDumpWithoutACopyIsDamage() throws IOException {
    Files.writeString(source, WHOLE.substring(1));
    kept.keepIfWhole();
    assertThat(kept.damaged()).isTrue();
  }

  @Test
  void aSpoiltCopyIsDamage() throws IOException {
    Files.writeString(kept.copy(), "{");
    assertThat(kept.damaged()).isTrue();
  }

  @Test
  void closingKeepsTheLastDump() throws IOException {
    try (KeptState.Keeper keeper = kept.start()) {
      Files.writeString(source, WHOLE);
      assertThat(keeper).isNotNull();
    }
    assertThat(kept.copy()).hasContent(WHOLE);
  }
}
