package org.earnest.devnet;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

class HardhatContainerIT extends DevChainContract {
  private Optional<String> reasonToSkip = Optional.empty();
  private @Nullable HardhatContainer chain;

  @BeforeAll
  void start() {
    reasonToSkip = HardhatContainer.whyNot();
    if (reasonToSkip.isEmpty()) {
      chain = HardhatContainer.start();
    }
  }

  @AfterAll
  void stop() {
    if (chain != null) {
      chain.close();
    }
  }

  @Override
  protected DevChain chain() {
    // In each test and not once for the class: only tests are counted as skipped.
    reasonToSkip.ifPresent(reason -> Assumptions.abort("needs a container: " + reason));
    return Objects.requireNonNull(chain, "not started");
  }

  @Override
  protected boolean reorganises() {
    return false;
  }
}
