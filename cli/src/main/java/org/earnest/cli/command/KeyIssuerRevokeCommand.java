package org.earnest.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.cli.console.Console;
import org.earnest.cli.issuer.IssuerFolder;
import org.earnest.credentials.custody.IssuerKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "revoke",
    description = {
      "Take back a key's word, as when it was stolen: for good.",
      "",
      "It is listed no more, so that nothing that it signed verifies once the document is",
      "published, and its private key is destroyed. A key that stands by takes its place. A",
      "did:key is its own document: what it signed still verifies, and only more is not."
    },
    mixinStandardHelpOptions = true)
final class KeyIssuerRevokeCommand extends Verb {
  @Mixin IssuerFolderOption folder = new IssuerFolderOption();

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(
      index = "1",
      paramLabel = "KEY",
      description = "The public key, as the list has it; or its id.")
  private String key;

  @Override
  Map<String, ?> perform(Console console) {
    String multibase = key.substring(key.indexOf('#') + 1);
    try (IssuerFolder keys = folder.open()) {
      IssuerKey revoked = keys.done(() -> keys.keys().revoke(multibase));
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("ok", true);
      figures.put("folder", folder.path().toString());
      figures.put("key", revoked.multibase());
      figures.put(
          "keys", IssuerFolderOption.told(keys, keys.done(() -> keys.keys().keys()), console));
      console.say("It counts until the document is published without it:");
      console.say("  ./earnest key issuer publish " + folder.path() + " did.json");
      return figures;
    }
  }
}
