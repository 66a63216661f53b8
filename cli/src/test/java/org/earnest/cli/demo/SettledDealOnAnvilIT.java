package org.earnest.cli.demo;

import java.nio.file.Path;
import org.earnest.cli.house.ProjectFolder;
import org.earnest.devnet.AnvilBinary;
import org.earnest.devnet.AnvilChain;
import org.earnest.devnet.AnvilSettings;
import org.earnest.devnet.DevChain;

class SettledDealOnAnvilIT extends SettledDealContract {
  @Override
  protected DevChain start(Path directory) {
    Path anvil = AnvilBinary.find(ProjectFolder.path().resolve("contracts"), System.getenv());
    return AnvilChain.start(AnvilSettings.ephemeral(anvil, directory));
  }
}
