package org.earnest.credentials.custody;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidSigner;
import org.earnest.core.identity.DidUrl;
import org.earnest.credentials.key.KeyType;

/**
 * The keys of an issuer: one of each kind signs, another may stand by, and those before stay listed
 * until what they signed has lapsed. Which keys there are is kept in a folder, their private halves
 * in a {@link KeyCustody}. Each answer is of this moment; a {@link DidSigner} that was given out
 * stays the key that it is.
 */
public final class IssuerKeys {
  /** Longer than any overlap makes sense; a key that old is to be trusted no more. */
  public static final Duration MAX_OVERLAP = Duration.ofDays(3660);

  private final RegisterFile file;
  private final KeyCustody custody;
  private final InstantSource clock;

  /**
   * The keys whose register is in a folder.
   *
   * @param folder where {@link #create} was called once
   */
  public IssuerKeys(Path folder, KeyCustody custody, InstantSource clock) {
    this.file = new RegisterFile(folder);
    this.custody = custody;
    this.clock = clock;
  }

  /**
   * Begins a register without keys, in a folder for its owner alone, which is made where there is
   * none.
   *
   * @param issuer whose document lists the keys, by did:web or did:webvh; empty to let each key be
   *     its own issuer by did:key
   * @return empty where it was done; {@code EXISTS} or {@code UNWRITABLE}
   */
  public static Optional<KeyRefusal> create(Path folder, Optional<Did> issuer) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException refused) {
      return Optional.of(KeyRefusal.UNWRITABLE);
    }
    return switch (new RegisterFile(folder).create(new KeyRegister(issuer, List.of()))) {
      case KeyOutcome.Done<KeyRegister> done -> Optional.empty();
      case KeyOutcome.Refused<KeyRegister> refused -> Optional.of(refused.refusal());
    };
  }

  /** Whether {@link #create} was called for a folder. */
  public static boolean exist(Path folder) {
    return new RegisterFile(folder).exists();
  }

  /** Another after each change; empty where the register cannot be looked at. */
  Optional<RegisterFile.Stamp> stamp() {
    return file.stamp();
  }

  /** Every key that there is or was, the oldest first. */
  public KeyOutcome<List<IssuerKey>> keys() {
    return file.read().then(register -> new KeyOutcome.Done<>(register.keys()));
  }

  /** Whose document lists the keys; empty where each is its own issuer. */
  public KeyOutcome<Optional<Did>> issuer() {
    return file.read().then(register -> new KeyOutcome.Done<>(register.issuer()));
  }

  /** The name of a key in the document of its issuer. */
  public KeyOutcome<DidUrl> id(IssuerKey key) {
    return file.read().then(register -> new KeyOutcome.Done<>(register.id(key)));
  }

  /** The keys that the issuer's document lists at this moment. */
  public KeyOutcome<List<IssuerKey>> listed() {
    Instant now = clock.instant();
    return file.read()
        .then(
            register ->
                new KeyOutcome.Done<>(
                    register.keys().stream().filter(key -> key.state().isListed(now)).toList()));
  }

  /**
   * The key that signs.
   *
   * @return refused with {@code NONE}, {@code MISMATCH} or the custody's reason
   * @throws SignerUnavailableException when the custody cannot be asked
   */
  public KeyOutcome<DidSigner> signer(KeyType type) {
    return file.read()
        .then(
            register ->
                register
                    .active(type)
                    .map(key -> opened(register.id(key), key))
                    .orElseGet(() -> new KeyOutcome.Refused<>(KeyRefusal.NONE)));
  }

  /**
   * The key that signs, opened with its first signature: then what is wrong with it is a {@link
   * SignerUnavailableException}.
   *
   * @return refused with {@code NONE} or what is wrong with the register
   */
  KeyOutcome<DidSigner> lateSigner(KeyType type) {
    return file.read()
        .then(
            register ->
                register
                    .active(type)
                    .<KeyOutcome<DidSigner>>map(
                        key -> {
                          DidUrl id = register.id(key);
                          return new KeyOutcome.Done<>(
                              new LateSigner(id, type, () -> opened(id, key)));
                        })
                    .orElseGet(() -> new KeyOutcome.Refused<>(KeyRefusal.NONE)));
  }

  private KeyOutcome<DidSigner> opened(DidUrl id, IssuerKey key) {
    return custody
        .open(key.name())
        .then(
            held ->
                held.publicKey().multibase().equals(key.multibase())
                    ? new KeyOutcome.Done<>(new HeldSigner(id, held))
                    : new KeyOutcome.Refused<>(KeyRefusal.MISMATCH));
  }

  /**
   * Makes a key. It signs where none of its kind does, and stands by otherwise: published before it
   * signs, so that nobody's copy of the document is older than the first signature.
   *
   * @throws SignerUnavailableException when the custody cannot be asked
   */
  public KeyOutcome<IssuerKey> add(KeyType type) {
    return change(register -> made(register, type))
        .then(after -> new KeyOutcome.Done<>(after.keys().getLast()));
  }

  /**
   * Lets the key that stands by sign, or a new one where none does. The private half of the one
   * before is destroyed; what it signed verifies as long as the document lists it.
   *
   * @param overlap how long the document lists it; at most {@link #MAX_OVERLAP}
   * @return the key that signs now
   * @throws SignerUnavailableException when the custody cannot be asked; nothing has changed
   */
  public KeyOutcome<IssuerKey> rotate(KeyType type, Duration overlap) {
    if (overlap.isNegative() || overlap.compareTo(MAX_OVERLAP) > 0) {
      throw new IllegalArgumentException(
          "an overlap is of " + MAX_OVERLAP.toDays() + " days at most");
    }
    return change(register -> rotated(register, type, overlap))
        .then(after -> new KeyOutcome.Done<>(after.active(type).orElseThrow()));
  }

  private KeyOutcome<KeyRegister> rotated(KeyRegister register, KeyType type, Duration overlap) {
    if (register.issuer().isEmpty()) {
      return new KeyOutcome.Refused<>(KeyRefusal.NOT_ROTATABLE);
    }
    if (register.active(type).isEmpty()) {
      return new KeyOutcome.Refused<>(KeyRefusal.NONE);
    }
    KeyOutcome<KeyRegister> ready =
        register.standby(type).isPresent() ? new KeyOutcome.Done<>(register) : made(register, type);
    return ready.then(both -> new KeyOutcome.Done<>(both.rotated(type, clock.instant(), overlap)));
  }

  /**
   * Takes back a key's word: the document lists it no more, and its private half is destroyed. A
   * did:key is its own document, so that what it signed verifies all the same; it only signs no
   * more.
   *
   * @param multibase of the key, which is the fragment of its id
   */
  public KeyOutcome<IssuerKey> revoke(String multibase) {
    return change(register -> revoked(register, multibase))
        .then(after -> new KeyOutcome.Done<>(after.known(multibase).orElseThrow()));
  }

  private KeyOutcome<KeyRegister> revoked(KeyRegister register, String multibase) {
    Optional<IssuerKey> key = register.known(multibase);
    if (key.isEmpty()) {
      return new KeyOutcome.Refused<>(KeyRefusal.UNKNOWN);
    }
    return key.get().state() instanceof KeyState.Revoked
        ? new KeyOutcome.Refused<>(KeyRefusal.ENDED)
        : new KeyOutcome.Done<>(register.revoked(key.get(), clock.instant()));
  }

  /** A key that was made and not recorded, as after a crash, has a name that nobody uses again. */
  private KeyOutcome<KeyRegister> made(KeyRegister register, KeyType type) {
    Optional<KeyRefusal> refusal = register.refusesAnother(type);
    if (refusal.isPresent()) {
      return new KeyOutcome.Refused<>(refusal.get());
    }
    if (!custody.types().contains(type)) {
      return new KeyOutcome.Refused<>(KeyRefusal.TYPE);
    }
    String name = KeyNames.random();
    return custody.create(name, type).then(held -> register.and(recorded(name, held)));
  }

  private IssuerKey recorded(String name, HeldKey held) {
    return new IssuerKey(
        name,
        held.publicKey().type(),
        held.publicKey().multibase(),
        clock.instant(),
        new KeyState.Standby(),
        false);
  }

  /** What is decided is on the disk before any private key is destroyed. */
  private KeyOutcome<KeyRegister> change(Function<KeyRegister, KeyOutcome<KeyRegister>> decision) {
    return file.alone(() -> file.read().then(decision).then(file::write).then(this::swept));
  }

  /** One that cannot be destroyed now is with the next change. */
  private KeyOutcome<KeyRegister> swept(KeyRegister register) {
    KeyRegister swept = register;
    for (IssuerKey key : register.keys()) {
      if (!key.state().signs() && !key.destroyed() && isDestroyed(key)) {
        swept = swept.with(key.withoutPrivateKey());
      }
    }
    return swept.equals(register) ? new KeyOutcome.Done<>(register) : file.write(swept);
  }

  private boolean isDestroyed(IssuerKey key) {
    try {
      custody.destroy(key.name());
      return true;
    } catch (SignerUnavailableException away) {
      return false;
    }
  }
}
