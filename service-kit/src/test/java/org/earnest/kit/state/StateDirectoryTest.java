package org.earnest.kit.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.earnest.kit.process.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  @TempDir Path parent;

  @Test
  void belongsToItsUserAloneAndToOneRunAtATime() throws Exception {
    Path folder = parent.resolve("a/b");
    try (StateDirectory state = StateDirectory.open(folder)) {
      assertThat(permissions(state.path())).isEqualTo("rwx------");
      assertThat(permissions(state.folder("inner"))).isEqualTo("rwx------");
      assertRefused(folder, "state_in_use", Long.toString(ProcessHandle.current().pid()));
    }
    StateDirectory.open(folder).close();
  }

  @Test
  void refusesAFolderWithOtherThingsInIt() throws Exception {
    Files.writeString(parent.resolve("thesis.tex"), "");
    String before = permissions(parent);
    assertRefused(parent, "state_not_ours", parent.toString());
    assertThat(permissions(parent)).isEqualTo(before);
  }

  @Test
  void takesAnEmptyFolderOver() throws Exception {
    StateDirectory.open(Files.createDirectory(parent.resolve("empty"))).close();
  }

  @Test
  void refusesWhatCannotBeAFolder() throws Exception {
    Path file = Files.writeString(parent.resolve("file"), "");
    assertRefused(file.resolve("below"), "state_not_usable", "below");
  }

  @Test
  void clearsEverythingButItsLock() throws Exception {
    try (StateDirectory state = StateDirectory.open(parent.resolve("s"))) {
      Files.writeString(state.folder("inner").resolve("file"), "x");
      Files.createSymbolicLink(state.resolve("link"), parent);
      state.clear();
      assertThat(state.path()).isDirectoryNotContaining(path -> !path.endsWith("earnest.lock"));
      assertThat(parent).isNotEmptyDirectory();
      assertRefused(state.path(), "state_in_use", "process");
    }
  }

  private static void assertRefused(Path folder, String code, String words) {
    assertThatThrownBy(() -> StateDirectory.open(folder))
        .isInstanceOfSatisfying(
            StartupException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused).hasMessageContaining(words);
              assertThat(refused.remedy()).contains("--state");
            });
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
