package org.earnest.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.earnest.bindings.signer.OwnersFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyIssuerCommandTest {
  @TempDir Path folder;
  private Path word;

  @BeforeEach
  void written() throws IOException {
    word = Files.writeString(folder.resolve("word"), "a passphrase\n");
  }

  private CommandRun issuer(String verb, String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of("key", "issuer", verb, path("issuer")));
    line.addAll(List.of(words));
    line.addAll(List.of("--passphrase-file", word.toString(), "--json"));
    CommandRun run = CommandRun.of(line.toArray(String[]::new));
    assertThat(run.all()).doesNotContain("a passphrase");
    return run;
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void keysAreRotatedAndRevokedAndTheDocumentFollows() throws Exception {
    CommandRun made = issuer("new", "--did", "did:web:issuer.example");
    assertThat(made.exit()).as(made.all()).isZero();
    String first = made.json().path("key").asString();
    assertThat(made.json().path("id").asString()).isEqualTo("did:web:issuer.example#" + first);
    assertThat(issuer("publish", path("did.json")).exit()).isZero();
    assertThat(Files.readString(folder.resolve("did.json"))).contains(first);

    String second = issuer("rotate", "--overlap", "30").json().path("key").asString();
    issuer("publish", path("did.json"));
    assertThat(Files.readString(folder.resolve("did.json"))).contains(first, second);

    CommandRun revoked = issuer("revoke", "did:web:issuer.example#" + first);
    assertThat(revoked.json().at("/keys/0/state").asString()).isEqualTo("revoked");
    assertThat(revoked.json().at("/keys/0/privateKey").asString()).isEqualTo("destroyed");
    issuer("publish", path("did.json"));
    assertThat(Files.readString(folder.resolve("did.json"))).contains(second).doesNotContain(first);
    assertThat(issuer("list").json().path("keys")).hasSize(2);
  }

  @Test
  void whatCannotBeDoneHasACode() throws Exception {
    assertThat(issuer("list").json().path("code").asString()).isEqualTo("issuer_keys_missing");
    assertThat(issuer("new", "--did", "did:key:z6Mk").json().path("code").asString())
        .isEqualTo("did_malformed");
    assertThat(issuer("new", "--pkcs11", "/none.so").json().path("code").asString())
        .isEqualTo("custody_invalid");
    assertThat(issuer("new").exit()).isZero();
    assertThat(issuer("rotate").json().path("code").asString())
        .isEqualTo("issuer_key_not_rotatable");
    assertThat(issuer("publish", path("did.json")).json().path("code").asString())
        .isEqualTo("issuer_not_published");
    Files.writeString(word, "another\n");
    assertThat(issuer("new", "--type", "p256").json().path("code").asString())
        .isEqualTo("issuer_key_passphrase");
  }

  @Test
  void aFolderIsBegunOnlyWhereItsKeysCanBeKept() throws Exception {
    String[] nobody = {"--transit", "http://127.0.0.1:1/v1/transit", "--token-file", path("token")};
    OwnersFile.create(folder.resolve("token"), "t\n".getBytes(UTF_8));
    CommandRun away = issuer("new", nobody);
    CommandRun unasked = CommandRun.of("key", "issuer", "new", path("issuer"), "--json");

    assertThat(away.code()).as(away.all()).isEqualTo("issuer_keys_unavailable");
    assertThat(unasked.code()).isEqualTo("passphrase_missing");
    assertThat(folder.resolve("issuer")).doesNotExist();
    assertThat(issuer("new").exit()).isZero();
  }

  @Test
  void aChoiceThatOthersMayWriteIsNotBelieved() throws Exception {
    issuer("new");
    Files.setPosixFilePermissions(
        folder.resolve("issuer/custody.json"), PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThat(issuer("new", "--type", "p256").code()).isEqualTo("issuer_key_permissions");
  }
}
