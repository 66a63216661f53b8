package org.earnest.cli.demo;

import java.nio.file.Path;
import org.earnest.cli.host.EarnestHost;
import org.earnest.devnet.DevChain;

class SettledDealOnAnvilIT extends SettledDealContract {
  @Override
  protected DevChain start(Path directory) {
    return DemoHosts.anvil(directory);
  }

  /** Once is enough: what is shown of a statement does not depend on the chain. */
  @Override
  protected void checkCredentials(EarnestHost host) throws Exception {
    new MoreDeals(host).untilRated(60, 5);
    super.checkCredentials(host);
    new ShownPart(host).run();
  }
}
