package org.earnest.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "escrow",
    description = {
      "Paid calls that can be disputed: freeze, release, rule, refund, and what each stands at.",
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      X402EscrowShowCommand.class,
      X402EscrowListCommand.class,
      X402EscrowFreezeCommand.class,
      X402EscrowReleaseCommand.class,
      X402EscrowRuleCommand.class,
      X402EscrowRefundCommand.class,
      X402EscrowReclaimCommand.class,
      X402EscrowDeployCommand.class
    },
    mixinStandardHelpOptions = true)
final class X402EscrowCommand {}
