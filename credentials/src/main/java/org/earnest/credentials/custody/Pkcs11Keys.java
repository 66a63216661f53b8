package org.earnest.credentials.custody;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.login.LoginException;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.VerificationKey;

/**
 * Keys on a token, by PKCS #11 (the JDK's SunPKCS11): made there, marked as sensitive and not
 * extractable, and never anywhere else. P-256 and P-384; SunPKCS11 knows no Ed25519. The program
 * stays logged in at the token until it ends.
 */
public final class Pkcs11Keys implements KeyCustody {
  /** For one answer; a network's token may take a second. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final String TYPE = "PKCS11";

  /** Nothing but a name of a file can be meant; the configuration has its own syntax. */
  private static final String FORBIDDEN_IN_PATHS = "\"\\\n\r";

  private final Provider provider;
  private final Passphrase pin;
  private final PatientCalls calls;

  private Pkcs11Keys(Provider provider, Passphrase pin, PatientCalls calls) {
    this.provider = provider;
    this.pin = pin;
    this.calls = calls;
  }

  /**
   * The keys on a token.
   *
   * @param library the token's PKCS #11 library
   * @param slot the number of the slot that the token is in
   * @param pin the user's; wiped when this is closed
   * @return refused with {@code PASSPHRASE} where the token does not take the PIN
   * @throws SignerUnavailableException when the library cannot be loaded or has no such slot, or
   *     the token does not answer
   */
  public static KeyOutcome<KeyCustody> open(Path library, long slot, Passphrase pin) {
    return open(library, slot, pin, TIMEOUT);
  }

  static KeyOutcome<KeyCustody> open(Path library, long slot, Passphrase pin, Duration timeout) {
    PatientCalls calls = new PatientCalls("the token in slot " + slot, timeout);
    Provider provider = calls.get(() -> provider(library, slot));
    Pkcs11Keys keys = new Pkcs11Keys(provider, pin, calls);
    return calls.get(keys::login)
        ? new KeyOutcome.Done<>(keys)
        : new KeyOutcome.Refused<>(KeyRefusal.PASSPHRASE);
  }

  private static Provider provider(Path library, long slot) {
    String path = library.toAbsolutePath().toString();
    if (path.chars().anyMatch(character -> FORBIDDEN_IN_PATHS.indexOf(character) >= 0)) {
      throw new IllegalArgumentException("no library has such a name");
    }
    Provider sun = Security.getProvider("SunPKCS11");
    if (sun == null) {
      throw new SignerUnavailableException("this Java has no module jdk.crypto.cryptoki");
    }
    return sun.configure(
        """
        --name = earnest-%d
        library = "%s"
        slot = %d
        attributes(generate, CKO_PRIVATE_KEY, CKK_EC) = {
          CKA_TOKEN = true
          CKA_SENSITIVE = true
          CKA_EXTRACTABLE = false
          CKA_SIGN = true
        }
        """
            .formatted(slot, path, slot));
  }

  private boolean login() throws GeneralSecurityException {
    try {
      store();
      return true;
    } catch (IOException refused) {
      if (refused.getCause() instanceof LoginException
          || refused.getCause() instanceof UnrecoverableKeyException) {
        return false;
      }
      throw new ProviderException(refused);
    }
  }

  /** Read anew, as another program may have made or destroyed keys. */
  private KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(TYPE, provider);
    char[] typed = pin.characters();
    try {
      store.load(null, typed);
      return store;
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  @Override
  public Set<KeyType> types() {
    return Set.of(KeyType.P256, KeyType.P384);
  }

  @Override
  public KeyOutcome<HeldKey> create(String name, KeyType type) {
    KeyNames.required(name);
    return types().contains(type)
        ? calls.get(() -> made(name, type))
        : new KeyOutcome.Refused<>(KeyRefusal.TYPE);
  }

  private KeyOutcome<HeldKey> made(String name, KeyType type)
      throws GeneralSecurityException, IOException {
    KeyStore store = store();
    if (store.containsAlias(name)) {
      return new KeyOutcome.Refused<>(KeyRefusal.NAME_TAKEN);
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
    generator.initialize(new ECGenParameterSpec(TokenCertificate.curve(type)));
    KeyPair pair = generator.generateKeyPair();
    X509Certificate certificate =
        TokenCertificate.of(name, pair.getPublic(), bytes -> der(pair.getPrivate(), bytes));
    store.setKeyEntry(name, pair.getPrivate(), null, new Certificate[] {certificate});
    return found(store, name);
  }

  /** As certificates have it. */
  private byte[] der(PrivateKey key, byte[] bytes) {
    return signature("NONEwithECDSA", key, KeyType.P256.hash(bytes));
  }

  @Override
  public KeyOutcome<HeldKey> open(String name) {
    KeyNames.required(name);
    return calls.get(() -> found(store(), name));
  }

  private KeyOutcome<HeldKey> found(KeyStore store, String name) throws GeneralSecurityException {
    if (!(store.getKey(name, null) instanceof PrivateKey key)) {
      return new KeyOutcome.Refused<>(KeyRefusal.MISSING);
    }
    Optional<VerificationKey> listed = TokenCertificate.key(store.getCertificate(name));
    return listed
        .<KeyOutcome<HeldKey>>map(
            known ->
                new KeyOutcome.Done<>(
                    new CheckedKey(
                        known, message -> calls.get(() -> signature(key, known.type(), message)))))
        .orElseGet(() -> new KeyOutcome.Refused<>(KeyRefusal.MALFORMED));
  }

  /** Hashed here: not every token hashes. */
  private byte[] signature(PrivateKey key, KeyType type, byte[] message) {
    return signature("NONEwithECDSAinP1363Format", key, type.hash(message));
  }

  private byte[] signature(String algorithm, PrivateKey key, byte[] hash) {
    try {
      Signature signature = Signature.getInstance(algorithm, provider);
      signature.initSign(key);
      signature.update(hash);
      return signature.sign();
    } catch (GeneralSecurityException refused) {
      throw new ProviderException(refused);
    }
  }

  @Override
  public void destroy(String name) {
    KeyNames.required(name);
    calls.get(
        () -> {
          KeyStore store = store();
          if (store.containsAlias(name)) {
            store.deleteEntry(name);
          }
          return name;
        });
  }

  @Override
  public void close() {
    calls.close();
    pin.close();
  }
}
