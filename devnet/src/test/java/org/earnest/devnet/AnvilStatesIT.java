package org.earnest.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What anvil writes to the disk while it runs. */
class AnvilStatesIT {
  /** Beyond what it keeps in memory. */
  private static final int BLOCKS = 1_000;

  @TempDir Path directory;

  @Test
  void whatIsKeptOfOldBlocksIsInTheChainsFolderAndGoesWithTheRun() throws Exception {
    Path states = directory.resolve("states");
    Path leftByAKilledRun = Files.createDirectories(states.resolve("old")).resolve("state.json");
    Files.writeString(leftByAKilledRun, "{}");
    try (AnvilChain chain =
        AnvilChain.start(AnvilSettings.ephemeral(Workspace.anvil(), directory))) {
      assertThat(leftByAKilledRun).doesNotExist();
      chain.mine(BLOCKS);
      assertThat(states).isNotEmptyDirectory();
    }
    assertThat(states).doesNotExist();
  }
}
