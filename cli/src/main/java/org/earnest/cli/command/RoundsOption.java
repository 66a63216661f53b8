package org.earnest.cli.command;

import picocli.CommandLine.Option;

/** How often everything is measured. */
final class RoundsOption {
  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds of each kind. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  int count() {
    return rounds;
  }
}
