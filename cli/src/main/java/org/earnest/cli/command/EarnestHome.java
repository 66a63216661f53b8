package org.earnest.cli.command;

import java.nio.file.Path;

/** Earnest's own folder, as the launcher names it. */
final class EarnestHome {
  private EarnestHome() {}

  /** The folder; the current one when started without the launcher. */
  static Path path() {
    return Path.of(System.getProperty("earnest.home", "")).toAbsolutePath().normalize();
  }
}
