package org.earnest.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "issuer",
    description = {
      "Make, list, rotate and revoke the keys of an issuer of credentials.",
      "",
      "A folder holds the keys of one issuer: in encrypted files, on a PKCS #11 token, or",
      "in a remote signer. One key of each type signs. A private key is never shown.",
      "",
      "  ./earnest key issuer new issuer --did did:web:issuer.example",
      "  ./earnest key issuer publish issuer did.json",
      "  ./earnest key issuer rotate issuer --type ed25519 --overlap 365"
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      KeyIssuerNewCommand.class,
      KeyIssuerListCommand.class,
      KeyIssuerRotateCommand.class,
      KeyIssuerRevokeCommand.class,
      KeyIssuerPublishCommand.class
    },
    mixinStandardHelpOptions = true)
final class KeyIssuerCommand {}
