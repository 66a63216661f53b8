package org.earnest.cli.command;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The program's version, as the jar's manifest states it. */
final class Version implements IVersionProvider {
  /** The version; {@code development} when run from class folders. */
  static String text() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"earnest " + text()};
  }
}
