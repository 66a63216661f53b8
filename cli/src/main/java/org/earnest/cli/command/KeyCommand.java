package org.earnest.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "key",
    description = {
      "Make and look at accounts' keys in encrypted files, and keep an issuer's keys.",
      "",
      "A file is a keystore as geth and other wallets write it (Web3 Secret Storage,",
      "version 3). The key itself is never shown."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {KeyNewCommand.class, KeyShowCommand.class, KeyIssuerCommand.class},
    mixinStandardHelpOptions = true)
final class KeyCommand {}
