package org.earnest.cli.demo;

import java.nio.file.Path;
import org.earnest.cli.house.ProjectFolder;
import org.earnest.devnet.DevChain;
import org.earnest.devnet.HardhatProcess;

class SettledDealOnHardhatIT extends SettledDealContract {
  @Override
  protected DevChain start(Path directory) {
    return HardhatProcess.start(ProjectFolder.path().resolve("contracts"), directory);
  }
}
