package org.earnest.cli.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryStateTest {
  private static final int RUNS = 6;
  private static final int REPEATS = 40;

  @TempDir Path parent;

  @Test
  void closingLeavesNothing() throws IOException {
    try (TemporaryState state = TemporaryState.open(parent)) {
      Files.writeString(state.directory().folder("postgres").resolve("file"), "content");
      assertThat(parent).isDirectoryContaining(Files::isDirectory);
    }
    assertThat(parent).isDirectoryNotContaining(Files::isDirectory);
  }

  @Test
  void whatAKilledRunLeftIsRemovedByTheNext() throws IOException {
    Path leftover = parent.resolve("run-1");
    try (StateDirectory killed = StateDirectory.open(leftover)) {
      Files.writeString(killed.folder("chain").resolve("state.json"), "{}");
    }
    try (TemporaryState state = TemporaryState.open(parent)) {
      assertThat(leftover).doesNotExist();
      assertThat(state.directory().path()).isDirectory();
    }
  }

  @Test
  void aRunThatLivesIsLeftAlone() throws IOException {
    try (TemporaryState living = TemporaryState.open(parent)) {
      Path file = Files.writeString(living.directory().resolve("mine"), "content");
      try (TemporaryState other = TemporaryState.open(parent)) {
        assertThat(other.directory().path()).isNotEqualTo(living.directory().path());
      }
      assertThat(file).exists();
    }
  }

  /** A folder that is not locked yet must not pass for one that a killed run left. */
  @Test
  void runsThatBeginAndEndAtOnceLeaveEachOtherAlone() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(RUNS)) {
      List<Callable<Boolean>> runs = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        runs.add(this::beginAndEndOften);
      }
      for (Future<Boolean> run : threads.invokeAll(runs)) {
        assertThat(run.get()).isTrue();
      }
    }
    assertThat(parent).isDirectoryNotContaining(Files::isDirectory);
  }

  private boolean beginAndEndOften() throws IOException {
    boolean kept = true;
    for (int i = 0; i < REPEATS; i++) {
      try (TemporaryState state = TemporaryState.open(parent)) {
        Path file = Files.writeString(state.directory().resolve("mine"), "content");
        kept &= Files.exists(file) && Files.exists(state.directory().resolve("earnest.lock"));
      }
    }
    return kept;
  }

  @Test
  void aParentThatIsAFileIsNamed() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "content");
    assertThatThrownBy(() -> TemporaryState.open(file))
        .isInstanceOfSatisfying(
            StartupException.class,
            refused -> assertThat(refused.code()).isEqualTo("state_not_usable"));
  }
}
