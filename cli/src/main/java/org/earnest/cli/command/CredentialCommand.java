package org.earnest.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "credential",
    description = {
      "Issue, show, verify, present and revoke credentials.",
      "",
      "Works by itself: credentials, keys and status lists are files. With --url a house does it."
    },
    footer = {
      "",
      "From nothing to a revocable credential:",
      "  ./earnest credential issue --issuer-keys issuer --lists status \\",
      "      --publish-at https://issuer.example/status --type capability \\",
      "      --subject did:key:z6Mk... --capability translation/de-en --out credential.json",
      "  ./earnest credential verify credential.json --lists status",
      "  ./earnest credential revoke credential.json --issuer-keys issuer --lists status"
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CredentialIssueCommand.class,
      CredentialShowCommand.class,
      CredentialVerifyCommand.class,
      CredentialPresentCommand.class,
      CredentialDeriveCommand.class,
      CredentialRevokeCommand.class,
      CredentialSuspendCommand.class,
      CredentialReinstateCommand.class,
      CredentialPublishCommand.class
    },
    mixinStandardHelpOptions = true)
final class CredentialCommand {}
