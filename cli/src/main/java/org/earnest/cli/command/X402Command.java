package org.earnest.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "x402",
    description = {
      "Buy and sell by the call, look at who sells, and settle for others: HTTP 402 Payment Required.",
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      X402PayCommand.class,
      X402ServeCommand.class,
      X402CheckCommand.class,
      X402ChannelsCommand.class,
      X402EscrowCommand.class,
      X402FacilitatorCommand.class
    },
    mixinStandardHelpOptions = true)
final class X402Command {}
