package org.earnest.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessOutputTest {
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void readsWhatIsPrinted() throws Exception {
    Process process = shell("echo here; sleep 600");
    try {
      assertThat(ProcessOutput.read(process, LONG, BufferedReader::readLine)).isEqualTo("here");
      assertThat(process.isAlive()).isTrue();
    } finally {
      ProcessOutput.kill(process);
    }
  }

  @Test
  void endsWithWhoPrintsNothingAndThoseThatItStarted() throws Exception {
    Process process = shell("sleep 600 & wait");

    assertThat(ProcessOutput.read(process, PATIENCE, ProcessOutputTest::isAtItsEnd)).isTrue();
    assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private static boolean isAtItsEnd(BufferedReader output) throws IOException {
    return output.readLine() == null;
  }

  private static Process shell(String script) throws IOException {
    return new ProcessBuilder("/bin/sh", "-c", script).start();
  }
}
