package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.testkit.signer.Web3SignerStub;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KeyCommandTest {
  @TempDir Path folder;
  private Path word;
  private Path key;

  @BeforeEach
  void files() throws IOException {
    word = Files.writeString(folder.resolve("word"), "a passphrase\n");
    key = folder.resolve("key.json");
  }

  private record Answer(int exit, JsonNode json, String all) {
    String code() {
      return json.path("code").asString("");
    }
  }

  private static Answer run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        EarnestCommand.run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    String text = out.toString(StandardCharsets.UTF_8);
    return new Answer(
        exit, JsonMapper.shared().readTree(text), text + err.toString(StandardCharsets.UTF_8));
  }

  private Answer key(String verb, Path file, Path passphrase) {
    return run("key", verb, file.toString(), "--passphrase-file", passphrase.toString(), "--json");
  }

  @Test
  void aNewKeyIsShownByItsAddressAlone() throws IOException {
    Answer made = key("new", key, word);
    Answer shown = key("show", key, word);

    assertThat(made.exit()).isZero();
    assertThat(shown.exit()).isZero();
    assertThat(shown.json().path("address")).isEqualTo(made.json().path("address"));
    assertThat(made.json().propertyNames()).containsExactlyInAnyOrder("ok", "address", "file");
    assertThat(made.all()).doesNotContain("a passphrase");
    assertThat(Files.readString(key)).contains("\"version\":3").doesNotContain("a passphrase");
  }

  @Test
  void whatCannotBeDoneHasACode() throws IOException {
    assertThat(key("show", key, word).code()).isEqualTo("keystore_missing");
    assertThat(key("new", key, folder.resolve("none")).code()).isEqualTo("passphrase_unreadable");
    assertThat(key).doesNotExist();
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    assertThat(key("new", key, empty).code()).isEqualTo("keystore_passphrase_empty");
    assertThat(key("new", key, word).exit()).isZero();
    assertThat(key("new", key, word).code()).isEqualTo("keystore_exists");
    assertThat(key("show", key, empty).code()).isEqualTo("keystore_passphrase");
    Files.setPosixFilePermissions(word, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(key("show", word, word).code()).isEqualTo("keystore_permissions");
    Files.setPosixFilePermissions(word, PosixFilePermissions.fromString("rw-------"));
    assertThat(key("show", word, word).code()).isEqualTo("keystore_malformed");
  }

  private static Answer dev(String... options) {
    String[] args = new String[options.length + 2];
    args[0] = "dev";
    args[1] = "--json";
    System.arraycopy(options, 0, args, 2, options.length);
    return run(args);
  }

  @Test
  void aHostsKeysAreLookedAtBeforeAnythingStarts() throws IOException {
    Path policy = Files.writeString(folder.resolve("policy.json"), "{\"allow\":[]}");

    assertThat(dev("--relayer-policy", policy.toString()).code()).isEqualTo("policy_without_key");
    assertThat(dev("--relayer-key", key.toString(), "--passphrase-file", word.toString()).code())
        .isEqualTo("keystore_missing");
    assertThat(dev("--relayer-key", "http://127.0.0.1:9").code()).isEqualTo("signer_url_invalid");
    assertThat(dev("--relayer-key", "http://127.0.0.1:9#0x" + "1".repeat(40)).code())
        .isEqualTo("signer_unavailable");
    LocalSigner held = LocalSigner.random();
    try (Web3SignerStub signer = new Web3SignerStub(held, held.publicKey(), held)) {
      assertThat(dev("--relayer-key", signer.url() + "#0x" + "1".repeat(40)).code())
          .isEqualTo("signer_key_missing");
      assertThat(
              dev(
                      "--facilitator-key",
                      signer.url() + "#" + held.address(),
                      "--facilitator-policy",
                      policy.toString())
                  .code())
          .isEqualTo("policy_invalid");
    }
  }
}
