package org.earnest.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "did",
    description = {
      "Resolve, make, change and give up identities.",
      "",
      "Works by itself: no house has to run. Keys stay in their files and are never shown."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DidResolveCommand.class,
      DidCreateCommand.class,
      DidRotateCommand.class,
      DidWitnessCommand.class,
      DidDeactivateCommand.class
    },
    mixinStandardHelpOptions = true)
final class DidCommand {}
