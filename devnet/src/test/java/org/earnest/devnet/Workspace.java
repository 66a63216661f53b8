package org.earnest.devnet;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where this module's tests find the contracts' tools. */
final class Workspace {
  private Workspace() {}

  static Path contracts() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("contracts/package.json"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("no contracts/ above " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder.resolve("contracts");
  }

  static Path anvil() {
    return AnvilBinary.find(contracts(), System.getenv());
  }
}
