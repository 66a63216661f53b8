package org.earnest.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "open",
    description = {
      "Buy a first call out of a channel, which is opened with what the seller wants in it.",
      "",
      "As pay --channels: never more than --per-day lies in all channels, and a seller that",
      "offers none is paid as pay does."
    },
    mixinStandardHelpOptions = true)
final class X402ChannelsOpenCommand extends X402PayCommand {
  @Override
  boolean throughChannels() {
    return true;
  }
}
