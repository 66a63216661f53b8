package org.earnest.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.earnest.kit.process.StartupException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardhatProcessIT extends DevChainContract {
  @TempDir static Path directory;

  private HardhatProcess chain;

  @BeforeAll
  void start() {
    chain = HardhatProcess.start(Workspace.contracts(), directory);
  }

  @AfterAll
  void stop() {
    chain.close();
  }

  @Override
  protected DevChain chain() {
    return chain;
  }

  @Override
  protected boolean reorganises() {
    return false;
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> HardhatProcess.start(directory.resolve("empty"), directory))
        .isInstanceOfSatisfying(
            StartupException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo("hardhat_missing");
              assertThat(refusal.remedy()).contains("npm ci --ignore-scripts");
            });
  }
}
