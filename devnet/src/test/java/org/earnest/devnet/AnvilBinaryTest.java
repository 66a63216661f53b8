package org.earnest.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.earnest.kit.process.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnvilBinaryTest {
  @TempDir Path directory;

  @Test
  void saysHowToGetAMissingOne() {
    assertThatThrownBy(() -> AnvilBinary.find(directory, Map.of()))
        .isInstanceOfSatisfying(
            StartupException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo("anvil_missing");
              assertThat(refusal.remedy()).contains("npm ci --ignore-scripts", "EARNEST_ANVIL");
            });
  }

  @Test
  void theOverrideWins() throws IOException {
    Path anvil = Files.createFile(directory.resolve("my-anvil"));
    assertThat(anvil.toFile().setExecutable(true)).isTrue();
    assertThat(AnvilBinary.find(directory, Map.of("EARNEST_ANVIL", anvil.toString())))
        .isEqualTo(anvil);
  }

  @Test
  void aWrongOverrideIsNamed() {
    assertThatThrownBy(
            () -> AnvilBinary.find(directory, Map.of("EARNEST_ANVIL", directory.toString())))
        .hasMessageContaining(directory.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-amd64",
    "Linux, aarch64, linux-arm64",
    "Mac OS X, aarch64, darwin-arm64",
    "Mac OS X, x86_64, darwin-amd64"
  })
  void knowsThePackagesName(String system, String architecture, String platform) {
    assertThat(AnvilBinary.platform(system, architecture)).isEqualTo(platform);
  }
}
