package org.earnest.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * {@code dev} with its state on a small file system of its own; skipped where none is to be had.
 */
class DevFullDiskIT {
  private static final String SIZE = "size=200m";
  private static final int BLOCK_BYTES = 64 * 1024;

  /** Enough for the lock and some logs, too little for a database. */
  private static final long SPARE_BYTES = 1024 * 1024;

  @TempDir Path folder;
  private DevHome home;

  @BeforeEach
  void mount() throws Exception {
    home = DevHome.in(folder);
    Files.createDirectory(home.state());
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", home.state().toString()),
        "no tmpfs can be mounted here (needs root)");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", home.state().toString());
    home.close();
  }

  @Test
  void aFirstStartSaysThatTheDiskIsFullAndTheNextSucceeds() throws Exception {
    try (EarnestProcess onlyTheLock = home.dev("--rpc-url", "not a url")) {
      assertThat(onlyTheLock.awaitEnd()).isEqualTo(1);
    }
    fill(SPARE_BYTES);
    assertRefused();
    Files.delete(filler());
    try (EarnestProcess dev = home.dev()) {
      RunningHouse.of(dev);
    }
    assertThat(Leftovers.of(home.state())).isEmpty();
  }

  @Test
  void whatWasThereBeforeIsThereAfterwards() throws Exception {
    try (EarnestProcess dev = home.dev()) {
      RunningHouse house = RunningHouse.of(dev);
      house.pay(7);
      house.register(1);
      home.awaitKept();
      fill(0);
      assertThat(house.strangersMoney()).isEqualTo(7);
      house.awaitAgents(1);
    }
    assertThat(Leftovers.of(home.state())).isEmpty();
    Files.delete(filler());
    try (EarnestProcess dev = home.dev()) {
      RunningHouse house = RunningHouse.of(dev);
      assertThat(house.strangersMoney()).isEqualTo(7);
      house.awaitAgents(1);
      house.register(2);
    }
    assertThat(Leftovers.of(home.state())).isEmpty();
  }

  /** By a name that says what is wrong, or at least by words that say what to do. */
  private void assertRefused() throws Exception {
    try (EarnestProcess dev = home.dev()) {
      JsonNode refusal = dev.json();
      assertThat(dev.awaitEnd()).as(refusal.toString()).isEqualTo(1);
      assertThat(refusal.path("code").asString())
          .as(refusal.toString())
          .isIn("disk_full", "state_not_usable");
      assertThat(refusal.path("fix").asString()).containsIgnoringCase("free some space");
    }
    assertThat(Leftovers.of(home.state())).isEmpty();
  }

  private Path filler() {
    return home.state().resolve("filler");
  }

  private void fill(long spare) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (Files.getFileStore(home.state()).getUsableSpace() >= spare + BLOCK_BYTES) {
        out.write(block);
      }
      while (spare == 0) {
        out.write(0);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static boolean run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor() == 0;
  }
}
