package org.earnest.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "tx",
    description = {
      "Look at what a running house sends to the chain, and see to what is stuck.",
      "",
      "list and show ask anybody's questions; retry and cancel need the operator's token,",
      "which the house keeps in its state directory."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TxListCommand.class,
      TxShowCommand.class,
      TxRetryCommand.class,
      TxCancelCommand.class
    },
    mixinStandardHelpOptions = true)
final class TxCommand {}
