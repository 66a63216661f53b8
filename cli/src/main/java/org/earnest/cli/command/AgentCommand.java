package org.earnest.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "agent",
    description = {
      "Look at agents, at what they settled and at what was said of them.",
      "",
      "Reads from a running house or indexer. Every answer holds for the block that it names."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AgentListCommand.class,
      AgentShowCommand.class,
      AgentFeedbackCommand.class,
      AgentWatchCommand.class,
      AgentVerifyCommand.class,
      AgentBindCommand.class
    },
    mixinStandardHelpOptions = true)
final class AgentCommand {}
