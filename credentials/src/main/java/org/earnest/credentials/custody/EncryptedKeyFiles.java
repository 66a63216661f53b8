package org.earnest.credentials.custody;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.earnest.bindings.signer.OwnersFile;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import org.earnest.credentials.key.VerificationKey;

/**
 * Keys in a folder, each in a file of its own as an encrypted JWK (RFC 7517 §7, JWE with a
 * passphrase). Deriving what opens one takes a fraction of a second, on purpose, unless the
 * passphrase is random; an opened key stays in memory.
 */
public final class EncryptedKeyFiles implements KeyCustody {
  private static final String SUFFIX = ".jwe";

  private final Path folder;
  private final Passphrase passphrase;
  private final Stretching stretching;
  private final ConcurrentMap<String, HeldKey> opened = new ConcurrentHashMap<>();

  /**
   * Keys in this folder, by a passphrase that somebody thought of.
   *
   * @param passphrase of all of them; wiped when this is closed
   */
  public EncryptedKeyFiles(Path folder, Passphrase passphrase) {
    this(folder, passphrase, Stretching.TYPED);
  }

  /**
   * Keys in this folder.
   *
   * @param passphrase of all of them; wiped when this is closed
   */
  public EncryptedKeyFiles(Path folder, Passphrase passphrase, Stretching stretching) {
    this.folder = folder;
    this.passphrase = passphrase;
    this.stretching = stretching;
  }

  @Override
  public Set<KeyType> types() {
    return Set.of(KeyType.values());
  }

  @Override
  public KeyOutcome<HeldKey> create(String name, KeyType type) {
    Path file = file(name);
    if (passphrase.isEmpty()) {
      return new KeyOutcome.Refused<>(KeyRefusal.EMPTY_PASSPHRASE);
    }
    Optional<KeyRefusal> refusal = refusesPassphrase();
    if (refusal.isPresent()) {
      return new KeyOutcome.Refused<>(refusal.get());
    }
    byte[] secret = LocalSigner.randomSecret(type);
    LocalSigner signer = LocalSigner.didKey(type, secret);
    try {
      OwnersFile.create(file, EncryptedJwk.encrypt(name, signer, secret, passphrase, stretching));
    } catch (FileAlreadyExistsException there) {
      return new KeyOutcome.Refused<>(KeyRefusal.NAME_TAKEN);
    } catch (IOException refused) {
      return new KeyOutcome.Refused<>(KeyRefusal.UNWRITABLE);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
    HeldKey key = LocalKey.of(signer);
    opened.put(name, key);
    return new KeyOutcome.Done<>(key);
  }

  @Override
  public KeyOutcome<HeldKey> open(String name) {
    Path file = file(name);
    HeldKey known = opened.get(name);
    if (known != null) {
      return new KeyOutcome.Done<>(known);
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      if (OwnersFile.isOpenToOthers(file)) {
        return new KeyOutcome.Refused<>(KeyRefusal.PERMISSIONS);
      }
      bytes = in.readNBytes(EncryptedJwk.MAX_BYTES + 1);
    } catch (NoSuchFileException none) {
      return new KeyOutcome.Refused<>(KeyRefusal.MISSING);
    } catch (IOException refused) {
      return new KeyOutcome.Refused<>(KeyRefusal.UNREADABLE);
    }
    return EncryptedJwk.decrypt(name, bytes, passphrase, stretching)
        .then(signer -> kept(name, signer));
  }

  /** One passphrase opens all keys, so a slip is found before a key is made with it. */
  private Optional<KeyRefusal> refusesPassphrase() {
    if (!opened.isEmpty()) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(SUFFIX))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()))
          .filter(KeyNames::isName)
          .findFirst()
          .flatMap(
              name ->
                  open(name) instanceof KeyOutcome.Refused<HeldKey>(KeyRefusal refusal)
                      ? Optional.of(refusal)
                      : Optional.empty());
    } catch (IOException refused) {
      return Optional.of(KeyRefusal.UNREADABLE);
    }
  }

  private KeyOutcome<HeldKey> kept(String name, LocalSigner signer) {
    HeldKey key = LocalKey.of(signer);
    opened.put(name, key);
    return new KeyOutcome.Done<>(key);
  }

  /** A disk or a backup may keep what was in the file: there, the passphrase alone protects it. */
  @Override
  public void destroy(String name) {
    opened.remove(name);
    try {
      OwnersFile.delete(file(name));
    } catch (IOException refused) {
      throw new SignerUnavailableException("a key's file cannot be deleted", refused);
    }
  }

  private Path file(String name) {
    return folder.resolve(KeyNames.required(name) + SUFFIX);
  }

  @Override
  public void close() {
    opened.clear();
    passphrase.close();
  }

  /** A key in memory. */
  private record LocalKey(VerificationKey publicKey, LocalSigner signer) implements HeldKey {
    static LocalKey of(LocalSigner signer) {
      return new LocalKey(VerificationKey.parse(signer.publicKeyMultibase()).orElseThrow(), signer);
    }

    @Override
    public byte[] sign(byte[] message) {
      return signer.sign(message);
    }
  }
}
