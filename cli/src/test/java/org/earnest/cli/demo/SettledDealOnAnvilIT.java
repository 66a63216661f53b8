package org.earnest.cli.demo;

import java.nio.file.Path;
import org.earnest.devnet.DevChain;

class SettledDealOnAnvilIT extends SettledDealContract {
  @Override
  protected DevChain start(Path directory) {
    return DemoHosts.anvil(directory);
  }
}
