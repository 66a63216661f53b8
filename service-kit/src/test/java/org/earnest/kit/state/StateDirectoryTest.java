package org.earnest.kit.state;

import static java.nio.charset.StandardCharsets.UTF_8;
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

  /** On POSIX a process that closes a locked file anywhere has unlocked it everywhere. */
  @Test
  void isNotLostToOtherProcessesByAnAttemptInThisOne() throws Exception {
    Path folder = parent.resolve("s");
    try (StateDirectory state = StateDirectory.open(folder)) {
      Path alias = Files.createSymbolicLink(parent.resolve("alias"), state.path());
      assertThat(openElsewhere(folder)).isEqualTo("state_in_use");
      assertRefused(folder, "state_in_use", Long.toString(ProcessHandle.current().pid()));
      assertRefused(alias, "state_in_use", Long.toString(ProcessHandle.current().pid()));
      assertThat(openElsewhere(folder)).isEqualTo("state_in_use");
    }
    assertThat(openElsewhere(folder)).isEqualTo("opened");
  }

  @Test
  void closingAgainDoesNotUnlockItForTheNextHolder() throws Exception {
    Path folder = parent.resolve("s");
    StateDirectory first = StateDirectory.open(folder);
    first.close();
    try (StateDirectory next = StateDirectory.open(folder)) {
      first.close();
      assertRefused(next.path(), "state_in_use", "process");
      assertThat(openElsewhere(folder)).isEqualTo("state_in_use");
    }
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

  private static String openElsewhere(Path folder) throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OtherRun.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new String(other.getInputStream().readAllBytes(), UTF_8).strip();
  }

  /** What another process meets. */
  static final class OtherRun {
    private OtherRun() {}

    public static void main(String[] arguments) throws Exception {
      try {
        StateDirectory.open(Path.of(arguments[0])).close();
        System.out.println("opened");
      } catch (StartupException refused) {
        System.out.println(refused.code());
      }
    }
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
