package org.earnest.devnet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.earnest.kit.process.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnvilStateTest {
  @TempDir Path directory;

  /** On POSIX a process that closes a locked file anywhere has unlocked it everywhere. */
  @Test
  void isNotLostToOtherProcessesByAnAttemptInThisOne() throws IOException {
    try (AnvilState held = AnvilState.open(directory, false)) {
      assertThat(held.options()).contains("--dump-state");
      assertThatThrownBy(() -> AnvilState.open(directory, false))
          .isInstanceOfSatisfying(
              StartupException.class,
              refused -> assertThat(refused.code()).isEqualTo("chain_state_in_use"))
          .hasMessageContaining("process " + ProcessHandle.current().pid());
      assertThat(openElsewhere()).isEqualTo("chain_state_in_use");
    }
    assertThat(openElsewhere()).isEqualTo("opened");
  }

  private String openElsewhere() throws IOException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OtherRun.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new String(other.getInputStream().readAllBytes(), UTF_8).strip();
  }

  /** What another process meets. */
  static final class OtherRun {
    private OtherRun() {}

    public static void main(String[] arguments) {
      try {
        AnvilState.open(Path.of(arguments[0]), false).close();
        System.out.println("opened");
      } catch (StartupException refused) {
        System.out.println(refused.code());
      }
    }
  }
}
