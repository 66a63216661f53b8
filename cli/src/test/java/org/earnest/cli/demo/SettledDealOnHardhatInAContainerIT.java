package org.earnest.cli.demo;

import java.nio.file.Path;
import org.earnest.devnet.DevChain;
import org.earnest.devnet.HardhatContainer;
import org.junit.jupiter.api.Assumptions;

class SettledDealOnHardhatInAContainerIT extends SettledDealContract {
  @Override
  protected DevChain start(Path directory) {
    HardhatContainer.whyNot()
        .ifPresent(reason -> Assumptions.abort("needs a container: " + reason));
    return HardhatContainer.start();
  }
}
