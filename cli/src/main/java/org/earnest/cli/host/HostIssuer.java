package org.earnest.cli.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.cli.issuer.Custody;
import org.earnest.cli.issuer.IssuerFolder;
import org.earnest.cli.issuer.RandomPassphrase;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.custody.IssuerKey;
import org.earnest.credentials.custody.KeyState;
import org.earnest.credentials.key.KeyType;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;

/** Who issues credentials at a host. Each kind of key is made when it is first asked for. */
public final class HostIssuer {
  private static final String FOLDER = "issuer-keys";
  private static final String PASSPHRASE = "issuer-keys.passphrase";

  private final IssuerFolder folder;

  private HostIssuer(IssuerFolder folder) {
    this.folder = folder;
  }

  /** The operator's own keys. */
  public static HostIssuer of(IssuerFolder folder) {
    return new HostIssuer(folder);
  }

  /**
   * Keys in the state directory, so that its did:key stays. The passphrase is random and lies
   * beside them, as the host starts by itself: it protects a copy of the keys' folder alone.
   *
   * @throws StartupException {@code state_not_usable}, or with the code of what is wrong with a key
   */
  public static HostIssuer of(StateDirectory state) {
    Path keys = state.resolve(FOLDER);
    Path passphrase = state.resolve(PASSPHRASE);
    try {
      if (!Files.exists(passphrase)) {
        RandomPassphrase.write(passphrase);
      }
      if (!IssuerFolder.exists(keys)) {
        IssuerFolder.create(keys, Optional.empty(), new Custody.Files());
      }
      Passphrase read = Passphrase.read(passphrase);
      return new HostIssuer(IssuerFolder.open(keys, () -> read));
    } catch (IOException refused) {
      throw new StartupException(
          "state_not_usable",
          "the issuer's keys cannot be kept: " + refused.getMessage(),
          "Make the state directory writable, or begin anew with --fresh",
          refused);
    }
  }

  /**
   * The key of a kind that signs, by which the issuer is known too where it is a did:key.
   *
   * @throws StartupException with the code of what is wrong with it
   */
  public DidSigner signer(KeyType type) {
    requireOne(type);
    return opened(type);
  }

  /**
   * The same, opened with its first signature: a passphrase takes its time with each key, and a
   * host starts without. What is wrong with the private key is told then.
   */
  DidSigner lateSigner(KeyType type) {
    IssuerKey key = requireOne(type);
    return new LateSigner(folder.done(() -> folder.keys().id(key)), type, () -> opened(type));
  }

  private DidSigner opened(KeyType type) {
    return folder.done(() -> folder.keys().signer(type));
  }

  private IssuerKey requireOne(KeyType type) {
    return folder.done(() -> folder.keys().keys()).stream()
        .filter(key -> key.type() == type && key.state() instanceof KeyState.Active)
        .findFirst()
        .orElseGet(() -> folder.done(() -> folder.keys().add(type)));
  }
}
