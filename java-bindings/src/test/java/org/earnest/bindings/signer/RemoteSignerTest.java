package org.earnest.bindings.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.crypto.SignatureRecovery;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.testkit.chain.EvmSignerContract;
import org.earnest.testkit.signer.SignatureForm;
import org.earnest.testkit.signer.SignerFault;
import org.earnest.testkit.signer.Web3SignerStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RemoteSignerTest extends EvmSignerContract {
  private static final byte[] MESSAGE = {0x02, 1, 2, 3};
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final LocalSigner key = LocalSigner.of("0x" + "4c".repeat(32));
  private final Web3SignerStub server =
      new Web3SignerStub(key, key.publicKey(), LocalSigner.random());
  private final RemoteSigner signer = RemoteSigner.at(server.url(), key.address(), PATIENCE);

  @AfterEach
  void close() {
    server.close();
  }

  @Override
  protected EvmSigner signer() {
    return signer;
  }

  @Override
  protected Optional<EvmAddress> recover(byte[] message, byte[] signature) {
    return SignatureRecovery.recover(Keccak256.hash(message), signature);
  }

  @ParameterizedTest
  @EnumSource
  void everyWayToWriteASignatureComesOutAsOne(SignatureForm form) {
    server.write(form);

    for (byte i = 0; i < 20; i++) {
      byte[] message = {i};
      assertThat(signer.sign(message)).isEqualTo(key.sign(message));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotTheKeysSignatureIsUnavailable(SignerFault fault) {
    RemoteSigner asked =
        fault == SignerFault.SILENT ? RemoteSigner.at(server.url(), key.address(), SHORT) : signer;
    server.fail(fault);

    assertThatThrownBy(() -> asked.sign(MESSAGE))
        .isInstanceOf(SignerUnavailableException.class)
        .hasMessageContaining(server.url().toString());

    server.recover();
    assertThat(signer.sign(MESSAGE)).isEqualTo(key.sign(MESSAGE));
  }

  @Test
  void aKeyThatIsNotThereIsUnavailable() {
    RemoteSigner other = RemoteSigner.at(server.url(), LocalSigner.random().address());

    assertThat(signer.holdsKey()).isTrue();
    assertThat(other.holdsKey()).isFalse();
    assertThatThrownBy(() -> other.sign(MESSAGE))
        .isInstanceOf(SignerUnavailableException.class)
        .hasMessageContaining("has no key of " + other.address());
    assertThat(server.asked()).isZero();
  }

  @Test
  void nobodyListeningIsUnavailable() {
    server.close();

    assertThatThrownBy(() -> signer.sign(MESSAGE)).isInstanceOf(SignerUnavailableException.class);
  }

  @Test
  void secretsOfTheUrlAreNotShown() {
    RemoteSigner secret =
        RemoteSigner.at(
            URI.create("http://127.0.0.1:" + server.url().getPort() + "/hidden"), key.address());

    assertThat(secret.toString()).doesNotContain("hidden");
    assertThatThrownBy(() -> secret.sign(MESSAGE))
        .isInstanceOf(SignerUnavailableException.class)
        .satisfies(error -> assertThat(error.toString()).doesNotContain("hidden"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://127.0.0.1", "signer", "http:/path", "file:///etc/passwd"})
  void whatIsNoHttpUrlIsRefused(String url) {
    assertThatThrownBy(() -> RemoteSigner.at(URI.create(url), key.address()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
