package org.earnest.cli.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.bindings.signer.RemoteSigner;
import org.earnest.bindings.signer.SigningPolicy;
import org.earnest.cli.host.HostIssuer;
import org.earnest.cli.host.HostKey;
import org.earnest.cli.issuer.IssuerFolder;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.kit.process.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keys of the operator's in the place of the published test keys. */
final class KeyOptions {
  @Option(
      names = "--facilitator-key",
      paramLabel = "KEY",
      description = {
        "Settle payments with this key instead of a test key: a keystore's file, or a",
        "web3signer's URL with the account behind a #: http://127.0.0.1:9000#0xAbC...",
        "May be repeated: several accounts settle side by side."
      })
  private List<String> facilitatorKeys = new ArrayList<>();

  @Option(
      names = "--facilitator-policy",
      paramLabel = "FILE",
      description = "What that key may sign; with several keys, what each of them may.")
  private @Nullable Path facilitatorPolicy;

  @Option(
      names = "--relayer-key",
      paramLabel = "KEY",
      description =
          "Relay what parties of deals signed with this key, given likewise. May be repeated.")
  private List<String> relayerKeys = new ArrayList<>();

  @Option(
      names = "--relayer-policy",
      paramLabel = "FILE",
      description = "What that key may sign; with several keys, what each of them may.")
  private @Nullable Path relayerPolicy;

  @Option(
      names = "--issuer-keys",
      paramLabel = "FOLDER",
      description = {
        "Issue credentials by these keys, which ./earnest key issuer made, instead of keys of",
        "the state directory's."
      })
  private @Nullable Path issuerKeys;

  @Option(
      names = "--issuer-passphrase-file",
      paramLabel = "FILE",
      description = "Their passphrase or PIN. Default: as for the other keys.")
  private @Nullable Path issuerPassphrase;

  @Mixin PassphraseOption passphrase = new PassphraseOption();

  /**
   * Who issues credentials, where it was named.
   *
   * @throws StartupException with the code of what cannot be used
   */
  Optional<HostIssuer> issuer() {
    if (issuerKeys == null) {
      return Optional.empty();
    }
    Path file = issuerPassphrase;
    return Optional.of(
        HostIssuer.of(
            IssuerFolder.open(
                issuerKeys, file == null ? passphrase::known : () -> PassphraseOption.read(file))));
  }

  /**
   * The keys that were given.
   *
   * @throws StartupException with the code of what cannot be used
   */
  Map<Role, List<HostKey>> keys() {
    Map<Role, List<HostKey>> keys = new EnumMap<>(Role.class);
    keys.put(Role.FACILITATOR, bound(facilitatorKeys, facilitatorPolicy, passphrase));
    keys.put(Role.RELAYER, bound(relayerKeys, relayerPolicy, passphrase));
    return keys;
  }

  /**
   * Keys as they are written, each bound by the policy.
   *
   * @throws StartupException with the code of what cannot be used
   */
  static List<HostKey> bound(
      List<String> keys, @Nullable Path policy, PassphraseOption passphrase) {
    if (keys.isEmpty() && policy != null) {
      throw new StartupException(
          "policy_without_key",
          "a policy was given and no key",
          "Name the key that it is for, or leave the policy out");
    }
    Optional<SigningPolicy> rules = Optional.ofNullable(policy).map(KeyOptions::read);
    return keys.stream().map(key -> new HostKey(signer(key, passphrase), rules)).toList();
  }

  private static EvmSigner signer(String key, PassphraseOption passphrase) {
    if (key.startsWith("http://") || key.startsWith("https://")) {
      return remote(key);
    }
    try (Passphrase typed = passphrase.known()) {
      return KeyShowCommand.open(Path.of(key), typed);
    }
  }

  private static RemoteSigner remote(String key) {
    int hash = key.indexOf('#');
    RemoteSigner signer;
    try {
      signer =
          RemoteSigner.at(
              URI.create(key.substring(0, Math.max(0, hash))),
              ChecksumAddress.parse(key.substring(hash + 1)));
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "signer_url_invalid",
          "a remote signer is given as its URL, #, and the account's address",
          "Write it as http://HOST:PORT#0xADDRESS");
    }
    requireKey(signer);
    return signer;
  }

  /** A signer that is away later is waited for; a slip should be seen at once. */
  private static void requireKey(RemoteSigner signer) {
    try {
      if (signer.holdsKey()) {
        return;
      }
    } catch (SignerUnavailableException away) {
      throw new StartupException(
          "signer_unavailable",
          String.valueOf(away.getMessage()),
          "Start the signer, or look at its address",
          away);
    }
    throw new StartupException(
        "signer_key_missing",
        signer + " has no such key",
        "Load the key there, or look at the address behind the #");
  }

  private static SigningPolicy read(Path file) {
    try {
      return SigningPolicy.read(file);
    } catch (IOException unreadable) {
      throw new StartupException(
          "policy_unreadable",
          "the policy in " + file + " cannot be read",
          "Name a file that you may read",
          unreadable);
    } catch (IllegalArgumentException malformed) {
      throw new StartupException(
          "policy_invalid",
          "the policy in " + file + " cannot be used: " + malformed.getMessage(),
          "Mend it; docs/submissions.md has its form",
          malformed);
    }
  }
}
