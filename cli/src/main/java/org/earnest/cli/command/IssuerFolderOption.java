package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.cli.console.Console;
import org.earnest.cli.issuer.Custody;
import org.earnest.cli.issuer.IssuerFolder;
import org.earnest.core.identity.Did;
import org.earnest.credentials.custody.IssuerKey;
import org.earnest.credentials.custody.KeyState;
import org.earnest.credentials.key.KeyType;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The folder of an issuer's keys, and how its keys are told. */
final class IssuerFolderOption {
  private static final String ROW = "%-8s  %-12s  %s";

  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  @Parameters(index = "0", paramLabel = "FOLDER", description = "Where the issuer's keys are kept.")
  private Path folder;

  @Mixin PassphraseOption passphrase = new PassphraseOption();

  Path path() {
    return folder;
  }

  /** A folder that is there. */
  IssuerFolder open() {
    return IssuerFolder.open(folder, passphrase::known);
  }

  /** A new one. */
  IssuerFolder begin(Optional<Did> issuer, Custody custody, KeyType type) {
    return IssuerFolder.begin(folder, issuer, custody, type, passphrase::fresh);
  }

  /** A folder for one key more: where there is none, nothing tells a mistyped passphrase. */
  IssuerFolder openToAdd() {
    boolean empty;
    try (IssuerFolder keys = openToRead()) {
      empty = keys.done(() -> keys.keys().keys()).isEmpty();
    }
    return empty ? IssuerFolder.open(folder, passphrase::fresh) : open();
  }

  /** To look at what is public, nobody is asked for anything. */
  IssuerFolder openToRead() {
    return IssuerFolder.openToRead(folder);
  }

  /** Says each key in a line, and tells it as JSON. */
  static ArrayNode told(IssuerFolder folder, List<IssuerKey> keys, Console console) {
    ArrayNode array = JsonMapper.shared().createArrayNode();
    console.say(ROW.formatted("TYPE", "STATE", "KEY"));
    for (IssuerKey key : keys) {
      ObjectNode entry = entry(folder, key);
      array.add(entry);
      console.say(
          ROW.formatted(
              entry.path("type").stringValue(),
              entry.path("state").stringValue(),
              entry.path("key").stringValue() + remark(entry)));
    }
    return array;
  }

  private static String remark(ObjectNode entry) {
    return (entry.has("until") ? ", listed until " + entry.path("until").stringValue() : "")
        + (entry.has("at") ? ", revoked at " + entry.path("at").stringValue() : "")
        + (entry.path("privateKey").stringValue().equals("to be destroyed")
            ? "; its private key could not be destroyed, the next change tries again"
            : "");
  }

  static ObjectNode entry(IssuerFolder folder, IssuerKey key) {
    Supplier<String> id = () -> folder.done(() -> folder.keys().id(key)).toString();
    ObjectNode entry =
        JsonMapper.shared()
            .createObjectNode()
            .put("key", key.multibase())
            .put("id", id.get())
            .put("type", typed(key))
            .put("made", key.made().toString());
    switch (key.state()) {
      case KeyState.Standby s -> entry.put("state", "standby");
      case KeyState.Active a -> entry.put("state", "active");
      case KeyState.Retired retired ->
          entry.put("state", "retired").put("until", retired.until().toString());
      case KeyState.Revoked revoked ->
          entry.put("state", "revoked").put("at", revoked.at().toString());
    }
    String kept = key.state().signs() ? "kept" : "to be destroyed";
    return entry.put("privateKey", key.destroyed() ? "destroyed" : kept);
  }

  private static String typed(IssuerKey key) {
    for (IssuerKeyType known : IssuerKeyType.values()) {
      if (known.type() == key.type()) {
        return known.name();
      }
    }
    throw new IllegalStateException("no name for " + key.type());
  }
}
