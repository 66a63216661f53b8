package org.earnest.credentials.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.earnest.core.chain.SignerUnavailableException;
import org.earnest.credentials.custody.TransitServer.Fault;
import org.earnest.credentials.key.KeyType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransitKeysTest extends KeyCustodyContract {
  private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final TransitServer server = new TransitServer();
  @TempDir Path folder;
  private Path token;

  @BeforeEach
  void written() throws IOException {
    write(TransitServer.TOKEN + "\n");
  }

  private void write(String text) throws IOException {
    token = Files.writeString(folder.resolve("token"), text);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
  }

  @AfterEach
  void stopped() {
    server.close();
  }

  @Override
  KeyCustody open() {
    try {
      write(TransitServer.TOKEN + "\n");
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return TransitKeys.at(server.url(), token, PATIENCE);
  }

  private HeldKey made() {
    return done(open().create("made", KeyType.P256));
  }

  @ParameterizedTest
  @EnumSource(names = {"OTHER_KEY", "OTHER_FORM", "GARBAGE", "ENDLESS", "SEALED"})
  void whatIsNotTheKeysSignatureIsNotUsed(Fault fault) {
    HeldKey key = made();
    server.failNext(fault, Integer.MAX_VALUE);
    assertThatThrownBy(() -> key.sign(MESSAGE))
        .isInstanceOf(SignerUnavailableException.class)
        .hasMessageNotContaining(TransitServer.TOKEN);
    server.failNext(Fault.NONE, 0);
    assertThat(key.publicKey().verifies(MESSAGE, key.sign(MESSAGE))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"MOVED", "NO_SUCH_PAGE"})
  void whereNoEngineIsAKeyIsNeitherMissingNorDestroyed(Fault fault) {
    made();
    KeyCustody custody = open();
    server.failNext(fault, Integer.MAX_VALUE);
    assertThatThrownBy(() -> custody.open("made")).isInstanceOf(SignerUnavailableException.class);
    assertThatThrownBy(() -> custody.destroy("made"))
        .isInstanceOf(SignerUnavailableException.class);
    server.failNext(Fault.NONE, 0);
    assertThat(done(custody.open("made"))).isNotNull();
  }

  @Test
  void signingIsTriedAgainOnceAndMakingAKeyIsNot() {
    HeldKey key = made();
    server.failNext(Fault.SEALED, 1);
    assertThat(key.publicKey().verifies(MESSAGE, key.sign(MESSAGE))).isTrue();
    server.failNext(Fault.SEALED, Integer.MAX_VALUE);
    assertThatThrownBy(() -> key.sign(MESSAGE)).isInstanceOf(SignerUnavailableException.class);
    assertThat(server.requests()).isEqualTo(2);
    KeyCustody custody = open();
    server.failNext(Fault.SEALED, 3);
    assertThatThrownBy(() -> custody.create("other", KeyType.P256))
        .isInstanceOf(SignerUnavailableException.class);
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void noAnswerInTimeIsUnknown() {
    made();
    HeldKey key = done(TransitKeys.at(server.url(), token, SHORT.multipliedBy(100)).open("made"));
    HeldKey hasty = hasty();
    server.failNext(Fault.SILENT, Integer.MAX_VALUE);
    assertThatThrownBy(() -> hasty.sign(MESSAGE))
        .isInstanceOf(SignerUnavailableException.class)
        .hasMessageContaining("no answer within");
    server.failNext(Fault.NONE, 0);
    assertThat(key.sign(MESSAGE)).isNotEmpty();
  }

  /** Opened before it is in a hurry, as a busy machine may take longer to answer. */
  private HeldKey hasty() {
    while (true) {
      try {
        return done(TransitKeys.at(server.url(), token, SHORT).open("made"));
      } catch (SignerUnavailableException slow) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aTokenThatIsNotTakenIsUnavailable() throws IOException {
    KeyCustody custody = open();
    for (String other : new String[] {"hvs.other\n", "", "two words\n"}) {
      write(other);
      assertThatThrownBy(() -> custody.open("made")).isInstanceOf(SignerUnavailableException.class);
    }
    write(TransitServer.TOKEN);
    assertThat(refused(custody.open("made"))).isEqualTo(KeyRefusal.MISSING);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> custody.open("made"))
        .isInstanceOf(SignerUnavailableException.class)
        .hasMessageContaining("others");
    Files.delete(token);
    assertThatThrownBy(() -> custody.open("made")).isInstanceOf(SignerUnavailableException.class);
  }

  @Test
  void aTokenIsSentByHttpsAlone() {
    for (String url : new String[] {"http://vault.example:8200/v1/transit", "ftp://x/", "/v1"}) {
      assertThatThrownBy(() -> TransitKeys.at(URI.create(url), token))
          .as(url)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(TransitKeys.at(URI.create("https://vault.example:8200/v1/transit"), token))
        .isNotNull();
  }
}
