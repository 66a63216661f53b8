package org.earnest.cli.command;

import org.earnest.cli.credential.StatusOrder;
import picocli.CommandLine.Command;

@Command(
    name = "suspend",
    description = "Take a credential back for a time; reinstate ends it.",
    footer = {
      "",
      "Examples:",
      "  ./earnest credential suspend credential.json --issuer-keys issuer --lists status",
      "  ./earnest credential suspend urn:uuid:… --url http://127.0.0.1:8402"
    },
    mixinStandardHelpOptions = true)
final class CredentialSuspendCommand extends CredentialStatusVerb {
  @Override
  StatusOrder order() {
    return StatusOrder.SUSPEND;
  }
}
