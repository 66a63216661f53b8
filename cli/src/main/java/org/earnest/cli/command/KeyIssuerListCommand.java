package org.earnest.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.earnest.cli.console.Console;
import org.earnest.cli.issuer.IssuerFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    description = "List every key that an issuer has or had. Needs no passphrase.",
    mixinStandardHelpOptions = true)
final class KeyIssuerListCommand extends Verb {
  @Mixin IssuerFolderOption folder = new IssuerFolderOption();

  @Override
  Map<String, ?> perform(Console console) {
    try (IssuerFolder keys = folder.openToRead()) {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("ok", true);
      figures.put("folder", folder.path().toString());
      keys.done(() -> keys.keys().issuer()).ifPresent(did -> figures.put("issuer", did.value()));
      figures.put(
          "keys", IssuerFolderOption.told(keys, keys.done(() -> keys.keys().keys()), console));
      return figures;
    }
  }
}
