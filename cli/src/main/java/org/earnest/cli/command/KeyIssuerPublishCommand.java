package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.cli.console.Console;
import org.earnest.cli.did.IssuerDocument;
import org.earnest.cli.did.UpdateKey;
import org.earnest.cli.issuer.IssuerFolder;
import org.earnest.core.identity.Did;
import org.earnest.credentials.custody.IssuerKey;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "publish",
    description = {
      "Write the file to publish: the issuer's document with the keys that it lists now.",
      "",
      "A did.json is made where there is none; what else a file says stays. Needs no",
      "passphrase."
    },
    mixinStandardHelpOptions = true)
final class KeyIssuerPublishCommand extends Verb {
  @Mixin IssuerFolderOption folder = new IssuerFolderOption();

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "did.json, or the did.jsonl that ./earnest did create made.")
  private Path file;

  @Option(
      names = "--update-key",
      paramLabel = "FILE",
      description = "The key that may write to a did.jsonl.")
  private @Nullable Path updateKey;

  @Override
  Map<String, ?> perform(Console console) {
    try (IssuerFolder keys = folder.openToRead()) {
      Did issuer =
          keys.done(() -> keys.keys().issuer())
              .orElseThrow(
                  () ->
                      new StartupException(
                          "issuer_not_published",
                          "a did:key is its own document",
                          "There is nothing to publish"));
      List<IssuerKey> listed = keys.done(() -> keys.keys().listed());
      List<IssuerKey> dropped =
          keys.done(() -> keys.keys().keys()).stream()
              .filter(key -> !listed.contains(key))
              .toList();
      new IssuerDocument(issuer, listed, dropped)
          .write(file, Optional.ofNullable(updateKey).map(UpdateKey::open));
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("ok", true);
      figures.put("issuer", issuer.value());
      figures.put("file", file.toString());
      figures.put("keys", IssuerFolderOption.told(keys, listed, console));
      console.say("Publish " + file + " in the place of the old one.");
      return figures;
    }
  }
}
