package org.earnest.cli.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.earnest.bindings.signer.Passphrase;
import org.earnest.cli.issuer.Custody;
import org.earnest.cli.issuer.IssuerFolder;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.core.identity.DidSigner;
import org.earnest.credentials.custody.IssuerKey;
import org.earnest.credentials.custody.Stretching;
import org.earnest.credentials.key.KeyType;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostIssuerTest {
  @TempDir Path parent;

  private IssuerFolder operators() {
    Path folder = parent.resolve("keys");
    if (!IssuerFolder.exists(folder)) {
      IssuerFolder.create(folder, Optional.empty(), new Custody.Files(Stretching.TYPED));
    }
    return IssuerFolder.open(folder, () -> Passphrase.of("a passphrase".toCharArray()));
  }

  private static void assertNone(ThrowingCallable asked) {
    assertThatThrownBy(asked)
        .isInstanceOfSatisfying(
            StartupException.class,
            refused -> assertThat(refused.code()).isEqualTo("issuer_key_none"));
  }

  @Test
  void nobodyMakesKeysInAnOperatorsFolder() {
    IssuerFolder folder = operators();
    HostIssuer issuer = HostIssuer.of(folder);
    assertThat(issuer.isOperators()).isTrue();
    assertNone(issuer::types);
    folder.done(() -> folder.keys().add(KeyType.P256));

    assertThat(issuer.types()).containsExactly(KeyType.P256);
    assertNone(() -> issuer.signer(KeyType.ED25519));
    assertNone(() -> issuer.current(KeyType.P384));
    List<IssuerKey> there = folder.done(() -> folder.keys().keys());
    assertThat(there).hasSize(1);
  }

  @Test
  void aKeyThatWasRevokedWhileTheHouseRunsSignsNoMore() {
    IssuerFolder folder = operators();
    IssuerKey key = folder.done(() -> folder.keys().add(KeyType.ED25519));
    Supplier<DidSigner> signer = HostIssuer.of(folder).current(KeyType.ED25519);
    assertThat(signer.get().verificationMethod().toString()).endsWith(key.multibase());

    try (IssuerFolder another = operators()) {
      another.done(() -> another.keys().revoke(key.multibase()));
    }
    assertThatThrownBy(signer::get).isInstanceOf(SignerUnavailableException.class);
  }

  @Test
  void aStateDirectoryHasAKeyOfEachKind() throws IOException {
    try (StateDirectory state = StateDirectory.open(parent.resolve("state"))) {
      HostIssuer issuer = HostIssuer.of(state);
      assertThat(issuer.isOperators()).isFalse();
      assertThat(issuer.types()).containsExactly(KeyType.values());
      for (KeyType type : KeyType.values()) {
        assertThat(issuer.current(type).get().jwsAlgorithm()).isNotEmpty();
      }
      assertThat(HostIssuer.of(state).signer(KeyType.P256).verificationMethod())
          .isEqualTo(issuer.signer(KeyType.P256).verificationMethod());
    }
  }

  @Test
  void aRandomPassphraseOfTheHouseIsHardlyStretched() throws Exception {
    try (StateDirectory state = StateDirectory.open(parent.resolve("state"))) {
      DidSigner signer = HostIssuer.of(state).current(KeyType.ED25519).get();
      try (Stream<Path> files = Files.list(state.resolve("issuer-keys"))) {
        Path key = files.filter(file -> file.toString().endsWith(".jwe")).findFirst().orElseThrow();
        String header = Files.readString(key).split("\\.", 2)[0];
        assertThat(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
            .contains("\"p2c\":1000");
      }
      byte[] message = {1};
      assertThat(HostIssuer.of(state).current(KeyType.ED25519).get().sign(message))
          .isEqualTo(signer.sign(message));
    }
  }
}
