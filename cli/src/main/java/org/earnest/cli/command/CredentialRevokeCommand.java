package org.earnest.cli.command;

import org.earnest.cli.credential.StatusOrder;
import picocli.CommandLine.Command;

@Command(
    name = "revoke",
    description = "Take a credential back, for good.",
    footer = {
      "",
      "Examples:",
      "  ./earnest credential revoke credential.json --issuer-keys issuer --lists status",
      "  ./earnest credential revoke urn:uuid:… --url http://127.0.0.1:8402"
    },
    mixinStandardHelpOptions = true)
final class CredentialRevokeCommand extends CredentialStatusVerb {
  @Override
  StatusOrder order() {
    return StatusOrder.REVOKE;
  }
}
