package org.earnest.cli.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.cli.issuer.Custody;
import org.earnest.cli.issuer.IssuerFolder;
import org.earnest.cli.issuer.RandomPassphrase;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.custody.CurrentSigner;
import org.earnest.credentials.custody.KeyOutcome;
import org.earnest.credentials.custody.KeyRefusal;
import org.earnest.credentials.custody.KeyState;
import org.earnest.credentials.custody.Stretching;
import org.earnest.credentials.key.KeyType;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;

/**
 * Who issues credentials at a host: by keys of the state directory, each kind of which is made when
 * it is first asked for, or by those of an operator's folder, where nobody makes any unasked.
 */
public final class HostIssuer {
  private static final String FOLDER = "issuer-keys";
  private static final String PASSPHRASE = "issuer-keys.passphrase";

  private final IssuerFolder folder;
  private final boolean operators;
  private final Map<KeyType, CurrentSigner> current = new EnumMap<>(KeyType.class);

  private HostIssuer(IssuerFolder folder, boolean operators) {
    this.folder = folder;
    this.operators = operators;
    for (KeyType type : KeyType.values()) {
      current.put(type, new CurrentSigner(folder.keys(), type));
    }
  }

  /** The operator's own keys. */
  public static HostIssuer of(IssuerFolder folder) {
    return new HostIssuer(folder, true);
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
        IssuerFolder.create(keys, Optional.empty(), new Custody.Files(Stretching.RANDOM));
      }
      Passphrase read = Passphrase.read(passphrase);
      return new HostIssuer(IssuerFolder.open(keys, () -> read), false);
    } catch (IOException refused) {
      throw new StartupException(
          "state_not_usable",
          "the issuer's keys cannot be kept: " + refused.getMessage(),
          "Make the state directory writable, or begin anew with --fresh",
          refused);
    }
  }

  /** Whether they are the operator's own, and not the state directory's. */
  public boolean isOperators() {
    return operators;
  }

  /**
   * The kinds of key that sign here; the first signs what the house says itself.
   *
   * @throws StartupException {@code issuer_key_none} where there is none, or with the code of what
   *     is wrong with one
   */
  List<KeyType> types() {
    List<KeyType> there =
        Arrays.stream(KeyType.values()).filter(type -> !operators || signs(type)).toList();
    if (there.isEmpty()) {
      folder.done(() -> new KeyOutcome.Refused<DidSigner>(KeyRefusal.NONE));
    }
    return there;
  }

  private boolean signs(KeyType type) {
    return folder.done(
        () ->
            folder.keys().signer(type) instanceof KeyOutcome.Refused<DidSigner>(KeyRefusal refusal)
                ? refusal == KeyRefusal.NONE
                    ? new KeyOutcome.Done<>(false)
                    : new KeyOutcome.Refused<>(refusal)
                : new KeyOutcome.Done<>(true));
  }

  /**
   * The key of a kind that signs now, by which the issuer is known too where it is a did:key.
   *
   * @throws StartupException with the code of what is wrong with it
   */
  public DidSigner signer(KeyType type) {
    return folder.done(
        () -> {
          KeyOutcome<DidSigner> there = folder.keys().signer(type);
          return !operators && there.equals(new KeyOutcome.Refused<DidSigner>(KeyRefusal.NONE))
              ? folder.keys().add(type).then(made -> folder.keys().signer(type))
              : there;
        });
  }

  /**
   * The key of a kind that signs at the time: one that was rotated or revoked while the house runs
   * signs no more. One of the state directory is opened with its first signature.
   *
   * @throws StartupException as {@link #signer}, but for what is wrong with the private key
   */
  Supplier<DidSigner> current(KeyType type) {
    if (operators) {
      signer(type);
    } else {
      requireMade(type);
    }
    return Objects.requireNonNull(current.get(type));
  }

  /** Opens none: a passphrase takes its time with each key, and a host starts without. */
  private void requireMade(KeyType type) {
    boolean made =
        folder.done(() -> folder.keys().keys()).stream()
            .anyMatch(key -> key.type() == type && key.state() instanceof KeyState.Active);
    if (!made) {
      folder.done(() -> folder.keys().add(type));
    }
  }
}
