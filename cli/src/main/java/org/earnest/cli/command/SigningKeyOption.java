package org.earnest.cli.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.cli.console.Console;
import org.earnest.cli.issuer.Custody;
import org.earnest.cli.issuer.IssuerFolder;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.custody.IssuerKey;
import org.earnest.credentials.custody.KeyState;
import org.earnest.credentials.custody.Stretching;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.key.VerificationKey;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose signature it is: a folder of keys, of which one signs. */
final class SigningKeyOption {
  @Option(
      names = {"--issuer-keys", "--holder-keys"},
      paramLabel = "FOLDER",
      description = {
        "The signer's keys, as ./earnest key issuer makes them.",
        "issue makes a folder with one did:key where there is none."
      })
  private @Nullable Path folder;

  @Option(
      names = "--key-type",
      paramLabel = "TYPE",
      description = {
        "Which of them signs: ${COMPLETION-CANDIDATES}.",
        "Default: the first of these that there is and that can."
      })
  private @Nullable IssuerKeyType type;

  @Mixin PassphraseOption passphrase = new PassphraseOption();

  /**
   * The keys that are there.
   *
   * @throws StartupException {@code key_missing}, or with the code of what is wrong with them
   */
  IssuerFolder known() {
    return IssuerFolder.open(path(), passphrase::known);
  }

  /** The keys, with one of a type that can sign where there are none. */
  IssuerFolder knownOrNew(List<KeyType> able, Console console) {
    if (IssuerFolder.exists(path())) {
      return known();
    }
    Passphrase fresh = passphrase.freshOrRandom(console);
    IssuerFolder.create(path(), Optional.empty(), new Custody.Files(Stretching.TYPED));
    IssuerFolder made = IssuerFolder.open(path(), () -> fresh);
    made.done(() -> made.keys().add(first(able)));
    console.warn("a new key is in " + path() + ", encrypted; keep a copy of it");
    return made;
  }

  /**
   * The one that signs.
   *
   * @param able types that can
   * @throws StartupException {@code format_not_of_key}
   */
  DidSigner signer(IssuerFolder keys, List<KeyType> able) {
    return chosen(keys, key -> able.contains(key.type()))
        .orElseThrow(() -> notThere(type == null ? able : List.of(type.type())));
  }

  /** The one that this DID's document lists; any other where there is none, for others to judge. */
  DidSigner signer(IssuerFolder keys, Did issuer) {
    return chosen(keys, key -> keys.done(() -> keys.keys().id(key)).did().equals(issuer))
        .orElseGet(() -> signer(keys, List.of(KeyType.values())));
  }

  /**
   * The one that an SD-JWT's issuer named.
   *
   * @throws StartupException {@code holder_key_missing}
   */
  DidSigner signer(IssuerFolder keys, VerificationKey holder) {
    return chosen(keys, key -> key.multibase().equals(holder.multibase()))
        .orElseThrow(
            () ->
                new StartupException(
                    "holder_key_missing",
                    "the SD-JWT is of whoever holds the key %s, by which none in %s signs"
                        .formatted(holder.multibase(), folder),
                    "Name that holder's folder with --holder-keys, and no other --key-type"));
  }

  /**
   * A key as {@link #knownOrNew} would make it, in memory alone, to see whether what is asked for
   * could be signed; empty where there are keys.
   *
   * @throws StartupException {@code key_missing}, {@code format_not_of_key}
   */
  Optional<DidSigner> rehearsing(List<KeyType> able) {
    if (IssuerFolder.exists(path())) {
      return Optional.empty();
    }
    if (!able.contains(first(able))) {
      throw notThere(able);
    }
    return Optional.of(LocalSigner.randomDidKey(first(able)));
  }

  private KeyType first(List<KeyType> able) {
    return type == null ? able.getFirst() : type.type();
  }

  private Optional<DidSigner> chosen(IssuerFolder keys, Predicate<IssuerKey> wanted) {
    List<IssuerKey> active =
        keys.done(() -> keys.keys().keys()).stream()
            .filter(key -> key.state() instanceof KeyState.Active)
            .filter(key -> type == null || key.type() == type.type())
            .filter(wanted)
            .toList();
    return Arrays.stream(KeyType.values())
        .filter(one -> active.stream().anyMatch(key -> key.type() == one))
        .findFirst()
        .map(one -> keys.done(() -> keys.keys().signer(one)));
  }

  private StartupException notThere(List<KeyType> able) {
    String names =
        Arrays.stream(IssuerKeyType.values())
            .filter(one -> able.contains(one.type()))
            .map(IssuerKeyType::name)
            .collect(Collectors.joining(" or "));
    return new StartupException(
        "format_not_of_key",
        "no key in %s signs that: it takes one of type %s".formatted(folder, names),
        "Make one with ./earnest key issuer new, or take another --format or --key-type");
  }

  private Path path() {
    if (folder == null) {
      throw new StartupException(
          "key_missing", "somebody must sign", "Name a folder of keys with --issuer-keys FOLDER");
    }
    return folder;
  }
}
