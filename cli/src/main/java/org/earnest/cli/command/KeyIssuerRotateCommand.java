package org.earnest.cli.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.cli.console.Console;
import org.earnest.cli.issuer.IssuerFolder;
import org.earnest.credentials.custody.IssuerKey;
import org.earnest.credentials.custody.IssuerKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
    name = "rotate",
    description = {
      "Let another key sign: the one that stands by, or a new one.",
      "",
      "The private key of the one before is destroyed. Its public key stays listed, so that",
      "what it signed verifies, until the overlap ends."
    },
    mixinStandardHelpOptions = true)
final class KeyIssuerRotateCommand extends Verb {
  @Mixin IssuerFolderOption folder = new IssuerFolderOption();

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "ed25519",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private IssuerKeyType type = IssuerKeyType.ed25519;

  @Option(
      names = "--overlap",
      paramLabel = "DAYS",
      defaultValue = "365",
      description = {
        "How long the old key stays listed: as long as the last credential that it signed is",
        "valid. Default: ${DEFAULT-VALUE}."
      })
  private int days = 365;

  @Override
  Map<String, ?> perform(Console console) {
    Duration overlap = Duration.ofDays(days);
    if (days < 0 || overlap.compareTo(IssuerKeys.MAX_OVERLAP) > 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--overlap is a number of days up to " + IssuerKeys.MAX_OVERLAP.toDays());
    }
    try (IssuerFolder keys = folder.open()) {
      IssuerKey now = keys.done(() -> keys.keys().rotate(type.type(), overlap));
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("ok", true);
      figures.put("folder", folder.path().toString());
      figures.put("key", now.multibase());
      figures.put(
          "keys", IssuerFolderOption.told(keys, keys.done(() -> keys.keys().keys()), console));
      console.say("Publish the document before the new key signs, and start again what issues:");
      console.say("  ./earnest key issuer publish " + folder.path() + " did.json");
      return figures;
    }
  }
}
