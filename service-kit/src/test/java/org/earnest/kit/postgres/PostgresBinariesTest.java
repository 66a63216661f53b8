package org.earnest.kit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresBinariesTest {
  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, postgres-linux-x86_64.txz",
    "Linux, aarch64, postgres-linux-arm_64.txz",
    "Mac OS X, x86_64, postgres-darwin-x86_64.txz",
    "Mac OS X, aarch64, postgres-darwin-arm_64.txz",
  })
  void namesThePlatformsArchive(String os, String architecture, String archive) {
    assertThat(PostgresBinaries.archive(os, architecture)).isEqualTo(archive);
  }

  @Test
  void removesWhatAKilledRunUnpackedByHalfAndNothingElse(@TempDir Path folder) throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path half = Files.createDirectory(folder.resolve("unpacking-" + dead.pid()));
    Files.writeString(half.resolve("postgres"), "half");
    Process living = new ProcessBuilder("sleep", "60").start();
    try {
      Path others = Files.createDirectory(folder.resolve("unpacking-" + living.pid()));
      PostgresBinaries binaries = PostgresBinaries.unpack(folder);
      assertThat(Path.of(binaries.program("postgres"))).isExecutable();
      assertThat(folder).isDirectoryNotContaining(half::equals);
      assertThat(others).isDirectory();
    } finally {
      living.destroyForcibly();
    }
  }
}
