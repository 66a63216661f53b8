package org.earnest.cli.command;

import org.earnest.cli.credential.StatusOrder;
import picocli.CommandLine.Command;

@Command(
    name = "reinstate",
    description = "End the suspension of a credential.",
    footer = {
      "",
      "Examples:",
      "  ./earnest credential reinstate credential.json --issuer-keys issuer --lists status",
      "  ./earnest credential reinstate urn:uuid:… --url http://127.0.0.1:8402"
    },
    mixinStandardHelpOptions = true)
final class CredentialReinstateCommand extends CredentialStatusVerb {
  @Override
  StatusOrder order() {
    return StatusOrder.REINSTATE;
  }
}
