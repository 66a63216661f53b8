package org.earnest.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "bench",
    description = "Measure how fast Earnest is and what it costs, beside its peers.",
    synopsisSubcommandLabel = "WHAT",
    subcommands = {
      BenchSubmissionsCommand.class,
      BenchX402Command.class,
      BenchGasCommand.class,
      BenchIndexerCommand.class,
      BenchReadsCommand.class,
      BenchDidCommand.class,
      BenchCredentialsCommand.class
    },
    mixinStandardHelpOptions = true)
final class BenchCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it before run()
  @Spec
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to measure: submissions, x402, gas, indexer, reads, did or credentials");
  }
}
