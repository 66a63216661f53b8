package org.earnest.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "channels",
    description = {
      "A buyer's channels: filled once, paid out of by the call, and closed for what is left.",
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      X402ChannelsListCommand.class,
      X402ChannelsOpenCommand.class,
      X402ChannelsCloseCommand.class
    },
    mixinStandardHelpOptions = true)
final class X402ChannelsCommand {}
