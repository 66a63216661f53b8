package org.earnest.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.earnest.cli.console.Console;
import org.earnest.cli.issuer.IssuerFolder;
import org.earnest.core.identity.Did;
import org.earnest.credentials.custody.IssuerKey;
import org.earnest.credentials.custody.KeyState;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "new",
    description = {
      "Make a key of an issuer, and its folder where there is none.",
      "",
      "A second key of a type stands by until the next rotation, so that it can be",
      "published before it signs."
    },
    mixinStandardHelpOptions = true)
final class KeyIssuerNewCommand extends Verb {
  @Mixin IssuerFolderOption folder = new IssuerFolderOption();

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "ed25519",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private IssuerKeyType type = IssuerKeyType.ed25519;

  @Option(
      names = "--did",
      paramLabel = "DID",
      description = {
        "A new folder's issuer: a did:web or did:webvh, whose document lists the keys.",
        "Without it, each key is an issuer of its own, a did:key, and cannot be rotated."
      })
  private @Nullable String did;

  @Mixin CustodyOptions custody = new CustodyOptions();

  @Override
  Map<String, ?> perform(Console console) {
    boolean begun = IssuerFolder.exists(folder.path());
    if (begun && (did != null || custody.isGiven())) {
      throw new StartupException(
          "issuer_keys_exist",
          folder.path() + " has an issuer already, and a place for its keys",
          "Leave --did, --pkcs11 and --transit out, or name another folder");
    }
    try (IssuerFolder keys =
        begun ? folder.openToAdd() : folder.begin(issuer(), custody.custody(), type.type())) {
      IssuerKey made = keys.done(() -> keys.keys().add(type.type()));
      ObjectNode entry = IssuerFolderOption.entry(keys, made);
      console.say(entry.path("id").stringValue());
      console.say(
          made.state() instanceof KeyState.Standby
              ? "It stands by. Publish it, and then rotate to it."
              : "It signs from now on.");
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("ok", true);
      figures.put("folder", folder.path().toString());
      entry.properties().forEach(member -> figures.put(member.getKey(), member.getValue()));
      return figures;
    }
  }

  private Optional<Did> issuer() {
    if (did == null) {
      return Optional.empty();
    }
    try {
      Did issuer = new Did(did);
      if (issuer.method().equals("web") || issuer.method().equals("webvh")) {
        return Optional.of(issuer);
      }
    } catch (IllegalArgumentException malformed) {
      // Answered below, as another method is.
    }
    throw new StartupException(
        "did_malformed",
        "--did is the did:web or did:webvh whose document lists the keys",
        "Write it as did:web:issuer.example, or leave it out for a did:key");
  }
}
