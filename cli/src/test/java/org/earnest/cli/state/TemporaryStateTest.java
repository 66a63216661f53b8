package org.earnest.cli.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryStateTest {
  @TempDir Path parent;

  @Test
  void closingLeavesNothing() throws IOException {
    try (TemporaryState state = TemporaryState.open(parent)) {
      Files.writeString(state.directory().folder("postgres").resolve("file"), "content");
      assertThat(parent).isNotEmptyDirectory();
    }
    assertThat(parent).isEmptyDirectory();
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

  @Test
  void aParentThatIsAFileIsNamed() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "content");
    assertThatThrownBy(() -> TemporaryState.open(file))
        .isInstanceOfSatisfying(
            StartupException.class,
            refused -> assertThat(refused.code()).isEqualTo("state_not_usable"));
  }
}
