package org.earnest.cli.house;

import java.nio.file.Files;
import java.nio.file.Path;

/** The project's root, found upwards from where the tests run. */
public final class ProjectFolder {
  private ProjectFolder() {}

  /** The folder that holds the launcher. */
  public static Path path() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("earnest"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("no folder above the working directory holds ./earnest");
      }
    }
    return folder;
  }
}
