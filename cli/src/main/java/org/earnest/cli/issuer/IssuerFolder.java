package org.earnest.cli.issuer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.core.identity.Did;
import org.earnest.credentials.custody.EncryptedKeyFiles;
import org.earnest.credentials.custody.HeldKey;
import org.earnest.credentials.custody.IssuerKeys;
import org.earnest.credentials.custody.KeyCustody;
import org.earnest.credentials.custody.KeyOutcome;
import org.earnest.credentials.custody.KeyRefusal;
import org.earnest.credentials.custody.Pkcs11Keys;
import org.earnest.credentials.custody.Stretching;
import org.earnest.credentials.custody.TransitKeys;
import org.earnest.credentials.key.KeyType;
import org.earnest.kit.process.StartupException;

/** An opened folder of issuer keys; closed, it signs no more where a passphrase opened it. */
public final class IssuerFolder implements AutoCloseable {
  private static final String NOBODYS_NAME = "is-anybody-there";

  private final Path path;
  private final IssuerKeys keys;
  private final KeyCustody custody;

  private IssuerFolder(Path path, IssuerKeys keys, KeyCustody custody) {
    this.path = path;
    this.keys = keys;
    this.custody = custody;
  }

  /** Whether an issuer's keys were begun there. */
  public static boolean exists(Path folder) {
    return IssuerKeys.exist(folder);
  }

  /**
   * Makes a folder without keys.
   *
   * @param issuer whose document lists the keys; empty for did:key
   * @throws StartupException {@code issuer_keys_exist} or {@code issuer_key_unwritable}
   */
  public static void create(Path folder, Optional<Did> issuer, Custody custody) {
    if (exists(folder)) {
      throw refused(folder, KeyRefusal.EXISTS);
    }
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      // Before the register, which says that the folder is whole.
      new CustodyFile(folder).write(custody);
    } catch (IOException unwritable) {
      throw refused(folder, KeyRefusal.UNWRITABLE);
    }
    Optional<KeyRefusal> refusal = IssuerKeys.create(folder, issuer);
    if (refusal.isPresent()) {
      throw refused(folder, refusal.get());
    }
  }

  /**
   * Makes a folder for a first key. The place where the keys will live is asked before anything is
   * written: a folder that names a wrong one could not be used.
   *
   * @param type of the first key
   * @throws StartupException with the code of the refusal, or {@code issuer_keys_unavailable}
   */
  public static IssuerFolder begin(
      Path folder,
      Optional<Did> issuer,
      Custody choice,
      KeyType type,
      Supplier<Passphrase> passphrase) {
    KeyCustody custody = done(folder, () -> custody(folder, choice, passphrase));
    boolean begun = false;
    try {
      done(folder, () -> usable(custody, type));
      create(folder, issuer, choice);
      begun = true;
    } finally {
      if (!begun) {
        custody.close();
      }
    }
    return new IssuerFolder(
        folder, new IssuerKeys(folder, custody, InstantSource.system()), custody);
  }

  /** It says that it has no key of a name that none has. */
  private static KeyOutcome<KeyType> usable(KeyCustody custody, KeyType type) {
    if (!custody.types().contains(type)) {
      return new KeyOutcome.Refused<>(KeyRefusal.TYPE);
    }
    return switch (custody.open(NOBODYS_NAME)) {
      case KeyOutcome.Refused<HeldKey>(KeyRefusal refusal) when refusal != KeyRefusal.MISSING ->
          new KeyOutcome.Refused<>(refusal);
      case KeyOutcome.Refused<HeldKey> missing -> new KeyOutcome.Done<>(type);
      case KeyOutcome.Done<HeldKey> there -> new KeyOutcome.Refused<>(KeyRefusal.NAME_TAKEN);
    };
  }

  /**
   * Opens a folder.
   *
   * @param passphrase asked for where one is needed; wiped when this is closed
   * @throws StartupException with the code of the refusal, or {@code issuer_keys_unavailable}
   */
  public static IssuerFolder open(Path folder, Supplier<Passphrase> passphrase) {
    if (!exists(folder)) {
      throw refused(folder, KeyRefusal.NO_REGISTER);
    }
    KeyCustody custody = done(folder, () -> custody(folder, choice(folder), passphrase));
    return new IssuerFolder(
        folder, new IssuerKeys(folder, custody, InstantSource.system()), custody);
  }

  /**
   * Opens a folder to look at what is public: nothing can be signed or changed.
   *
   * @throws StartupException likewise
   */
  public static IssuerFolder openToRead(Path folder) {
    KeyCustody nothing = new EncryptedKeyFiles(folder, Passphrase.of(new char[0]));
    return new IssuerFolder(
        folder, new IssuerKeys(folder, nothing, InstantSource.system()), nothing);
  }

  private static Custody choice(Path folder) {
    CustodyFile file = new CustodyFile(folder);
    try {
      if (file.isOpenToOthers()) {
        throw refused(folder, KeyRefusal.PERMISSIONS);
      }
      return file.read().orElseThrow(() -> refused(folder, KeyRefusal.MALFORMED));
    } catch (IOException unreadable) {
      throw refused(folder, KeyRefusal.UNREADABLE);
    }
  }

  private static KeyOutcome<KeyCustody> custody(
      Path folder, Custody choice, Supplier<Passphrase> passphrase) {
    return switch (choice) {
      case Custody.Files(Stretching stretching) ->
          new KeyOutcome.Done<>(new EncryptedKeyFiles(folder, passphrase.get(), stretching));
      case Custody.Token token -> Pkcs11Keys.open(token.library(), token.slot(), passphrase.get());
      case Custody.Transit transit ->
          new KeyOutcome.Done<>(TransitKeys.at(transit.engine(), transit.token()));
    };
  }

  public IssuerKeys keys() {
    return keys;
  }

  /**
   * What was asked of the keys.
   *
   * @throws StartupException likewise
   */
  public <T> T done(Supplier<KeyOutcome<T>> asked) {
    return done(path, asked);
  }

  private static <T> T done(Path folder, Supplier<KeyOutcome<T>> asked) {
    try {
      return switch (asked.get()) {
        case KeyOutcome.Done<T>(T value) -> value;
        case KeyOutcome.Refused<T>(KeyRefusal refusal) -> throw refused(folder, refusal);
      };
    } catch (SignerUnavailableException away) {
      throw new StartupException(
          "issuer_keys_unavailable",
          String.valueOf(away.getMessage()),
          "Look at where the keys are kept, and try again",
          away);
    }
  }

  private static StartupException refused(Path folder, KeyRefusal refusal) {
    return new StartupException(
        refusal.code(), folder + ": " + refusal.problem(), refusal.remedy());
  }

  @Override
  public void close() {
    custody.close();
  }
}
