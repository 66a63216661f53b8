package org.earnest.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "deal",
    description = {
      "Look at a deal before it is signed.",
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DealSimulateCommand.class},
    mixinStandardHelpOptions = true)
final class DealCommand {}
