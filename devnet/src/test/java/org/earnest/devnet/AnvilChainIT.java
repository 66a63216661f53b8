package org.earnest.devnet;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class AnvilChainIT extends DevChainContract {
  @TempDir static Path directory;

  private AnvilChain chain;

  @BeforeAll
  void start() {
    chain = AnvilChain.start(AnvilSettings.ephemeral(Workspace.anvil(), directory));
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
    return true;
  }
}
