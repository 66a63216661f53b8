package org.earnest.credentials.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.credentials.key.KeyType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** By SoftHSM 2, which {@code .ci/run} installs; skipped without it. */
class Pkcs11KeysIT extends KeyCustodyContract {
  /** As many as there are tests. */
  private static final int TOKENS = 14;

  private static SoftTokens tokens = SoftTokens.none();
  private final long slot = tokens.next();

  @BeforeAll
  static void tokens() throws IOException, InterruptedException {
    Assumptions.assumeTrue(SoftTokens.installed(), "needs SoftHSM 2 (apt install softhsm2)");
    tokens = SoftTokens.make(TOKENS);
  }

  private static Passphrase pin(String text) {
    return Passphrase.of(text.toCharArray());
  }

  @Override
  KeyCustody open() {
    return done(Pkcs11Keys.open(SoftTokens.library(), slot, pin(SoftTokens.PIN)));
  }

  @Test
  void aKeyDoesNotLeaveItsToken() throws Exception {
    try (KeyCustody custody = open()) {
      done(custody.create("stays", KeyType.P256));
    }
    Provider provider =
        Security.getProvider("SunPKCS11")
            .configure(
                "--name = look-%d\nlibrary = %s\nslot = %d"
                    .formatted(slot, SoftTokens.library(), slot));
    KeyStore store = KeyStore.getInstance("PKCS11", provider);
    store.load(null, SoftTokens.PIN.toCharArray());
    Key key = store.getKey("stays", null);
    assertThat(key).isNotNull();
    assertThat(key.getEncoded()).isNull();
    assertThat(key.toString()).contains("sensitive", "unextractable");
  }

  @Test
  void ed25519IsRefusedAsSunPkcs11KnowsNone() {
    try (KeyCustody custody = open()) {
      assertThat(custody.types()).doesNotContain(KeyType.ED25519);
      assertThat(refused(custody.create("edwards", KeyType.ED25519))).isEqualTo(KeyRefusal.TYPE);
    }
  }

  @Test
  void anotherPinOpensNothing() {
    assertThat(refused(Pkcs11Keys.open(SoftTokens.library(), tokens.next(), pin("wrong"))))
        .isEqualTo(KeyRefusal.PASSPHRASE);
  }

  @Test
  void aTokenThatIsAwayIsUnavailable() {
    assertThatThrownBy(
            () -> Pkcs11Keys.open(Path.of("/none/libnone.so"), slot, pin(SoftTokens.PIN)))
        .isInstanceOf(SignerUnavailableException.class)
        .hasMessageNotContaining(SoftTokens.PIN);
    assertThatThrownBy(() -> Pkcs11Keys.open(SoftTokens.library(), 987_654_321, pin("any")))
        .isInstanceOf(SignerUnavailableException.class);
  }

  @Test
  void aTokenThatTakesTooLongIsUnavailable() {
    assertThatThrownBy(
            () -> Pkcs11Keys.open(SoftTokens.library(), slot, pin(SoftTokens.PIN), Duration.ZERO))
        .isInstanceOf(SignerUnavailableException.class)
        .hasMessageContaining("0 ms");
  }

  @Test
  void whatIsClosedSignsNoMore() {
    HeldKey key;
    try (KeyCustody custody = open()) {
      key = done(custody.create("closed", KeyType.P256));
    }
    assertThatThrownBy(() -> key.sign("message".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(SignerUnavailableException.class);
  }
}
