package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DidCommandTest {
  @TempDir Path folder;

  private CommandRun did(String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of("did"));
    line.addAll(List.of(words));
    if (!List.of("resolve", "witness").contains(words[0])) {
      line.addAll(List.of("--passphrase-file", new LightKeystore(folder).passphrase().toString()));
    }
    line.add("--json");
    CommandRun run = CommandRun.of(line.toArray(String[]::new));
    assertThat(run.all()).doesNotContain("a passphrase");
    return run;
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void oneKeyHasANameInEachMethodThatResolves() throws Exception {
    String key = new LightKeystore(folder).create("key.json").toString();
    for (String method : List.of("key", "jwk", "pkh")) {
      CommandRun made = did("create", method, "--key", key, "--chain", "8453");
      assertThat(made.exit()).as(made.all()).isZero();
      String name = made.json().path("did").asString();
      assertThat(name).startsWith("did:" + method + ":");
      CommandRun found = did("resolve", name);
      assertThat(found.json().at("/didDocument/id").asString()).isEqualTo(name);
      if (method.equals("pkh")) {
        assertThat(name).isEqualTo("did:pkh:eip155:8453:" + made.json().path("address").asString());
      }
    }
    CommandRun ethr = did("create", "ethr", "--key", key, "--chain", "31337");
    assertThat(ethr.json().path("did").asString())
        .isEqualTo("did:ethr:0x7a69:" + ethr.json().path("address").asString());
  }

  @Test
  void aWebIdentityIsAFileThatIsWrittenAnew() throws Exception {
    LightKeystore keys = new LightKeystore(folder);
    String old = keys.create("old.json").toString();
    String next = keys.create("next.json").toString();
    CommandRun made =
        did(
            "create",
            "web",
            "--key",
            old,
            "--place",
            "agent.example:agents:7",
            "--out",
            file("out"),
            "--service",
            "A2A=https://agent.example/a2a",
            "--also-known-as",
            "eip155:1:0x" + "ab".repeat(20) + ":7");
    assertThat(made.exit()).as(made.all()).isZero();
    assertThat(made.json().path("publishAt").asString())
        .isEqualTo("https://agent.example/agents/7/did.json");
    Path document = Path.of(made.json().path("file").asString());
    String before = Files.readString(document);
    assertThat(before).contains("A2A", "alsoKnownAs", "did:web:agent.example:agents:7#z");
    assertThat(
            did("create", "web", "--key", old, "--place", "a.example", "--out", file("out")).code())
        .isEqualTo("file_exists");
    CommandRun rotated = did("rotate", document.toString(), "--key", old, "--new-key", next);
    assertThat(rotated.exit()).as(rotated.all()).isZero();
    assertThat(Files.readString(document)).isNotEqualTo(before).contains("A2A");
    assertThat(did("rotate", document.toString(), "--key", old, "--new-key", next).code())
        .isEqualTo("change_refused");
    assertThat(did("deactivate", document.toString(), "--key", next, "--yes").code())
        .isEqualTo("did_web_file");
  }

  @Test
  void aLogIsWrittenToUntilItEnds() throws Exception {
    CommandRun made =
        did(
            "create",
            "webvh",
            "--key",
            file("a.key"),
            "--place",
            "agent.example",
            "--out",
            folder.toString());
    assertThat(made.exit()).as(made.all()).isZero();
    assertThat(made.json().path("publishAt").asString())
        .isEqualTo("https://agent.example/.well-known/did.jsonl");
    Path log = folder.resolve("did.jsonl");
    assertThat(Files.getPosixFilePermissions(folder.resolve("a.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(did("rotate", log.toString(), "--key", file("a.key")).code())
        .isEqualTo("new_key_missing");
    CommandRun rotated =
        did("rotate", log.toString(), "--key", file("a.key"), "--new-key", file("b.key"));
    assertThat(rotated.exit()).as(rotated.all()).isZero();
    assertThat(did("deactivate", log.toString(), "--key", file("b.key")).code())
        .isEqualTo("confirmation_missing");
    assertThat(did("deactivate", log.toString(), "--key", file("a.key"), "--yes").code())
        .isEqualTo("change_refused");
    assertThat(did("deactivate", log.toString(), "--key", file("b.key"), "--yes").exit()).isZero();
    assertThat(Files.readAllLines(log)).hasSize(3).last().asString().contains("deactivated");
    assertThat(
            did("rotate", log.toString(), "--key", file("b.key"), "--new-key", file("c.key"))
                .code())
        .isEqualTo("change_refused");
  }

  @Test
  void aLogKeepsItsPromisesAndWaitsForItsWitnesses() throws Exception {
    String log = file("did.jsonl");
    String witness = did("witness", log, "--key", file("w.key")).json().path("witness").asString();
    CommandRun made =
        did(
            "create",
            "webvh",
            "--key",
            file("a.key"),
            "--place",
            "agent.example",
            "--out",
            folder.toString(),
            "--pre-rotation",
            file("b.key"),
            "--witness",
            witness);
    assertThat(made.exit()).as(made.all()).isZero();
    assertThat(Files.readString(Path.of(log))).contains("nextKeyHashes", "\"threshold\":1");
    assertThat(did("witness", log, "--key", file("w.key")).exit()).isZero();
    assertThat(Files.readString(folder.resolve("did-witness.json"))).contains("1-Qm", witness);
    assertThat(did("witness", log, "--key", file("a.key")).code()).isEqualTo("change_refused");
    String[] rotation = {"rotate", log, "--key", file("a.key"), "--new-key"};
    assertThat(did(with(rotation, file("c.key"), "--pre-rotation", file("d.key"))).code())
        .isEqualTo("change_refused");
    assertThat(did(with(rotation, file("b.key"))).code()).isEqualTo("change_refused");
    String[] lost = {"rotate", log, "--new-key"};
    assertThat(did(with(lost, file("c.key"), "--pre-rotation", file("d.key"))).code())
        .isEqualTo("change_refused");
    CommandRun rotated = did(with(lost, file("b.key"), "--pre-rotation", file("d.key")));
    assertThat(rotated.exit()).as(rotated.all()).isZero();
    assertThat(did("witness", log, "--key", file("w.key")).exit()).isZero();
    assertThat(Files.readString(folder.resolve("did-witness.json"))).contains("2-Qm");
    assertThat(did("deactivate", log, "--key", file("d.key"), "--yes").exit()).isZero();
    assertThat(Files.readAllLines(Path.of(log))).hasSize(4);
    for (String nobody : List.of("did:web:a.example", "did:key:zNothing")) {
      assertThat(
              did(
                      "create",
                      "webvh",
                      "--key",
                      file("a.key"),
                      "--place",
                      "a.example",
                      "--witness",
                      nobody)
                  .code())
          .isEqualTo("witness_invalid");
    }
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void keysOfTwoPassphrasesTakeEachOthersPlace() throws Exception {
    LightKeystore keys = new LightKeystore(folder);
    String old = keys.create("old.json").toString();
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path word = Files.writeString(elsewhere.resolve("word"), "quite another one");
    Files.setPosixFilePermissions(word, PosixFilePermissions.fromString("rw-------"));
    Path next = elsewhere.resolve("next.json");
    CommandRun.of("key", "new", next.toString(), "--passphrase-file", word.toString(), "--json");
    String place = "agent.example";
    CommandRun made =
        did("create", "web", "--key", old, "--place", place, "--out", folder.toString());
    String[] rotation = {
      "rotate", made.json().path("file").asString(), "--key", old, "--new-key", next.toString()
    };
    assertThat(did(rotation).exit()).isNotZero();
    CommandRun rotated = did(with(rotation, "--new-passphrase-file", word.toString()));
    assertThat(rotated.exit()).as(rotated.all()).isZero();
  }

  @Test
  void whatCannotBeDoneHasACode() throws Exception {
    assertThat(did("resolve", "nothing").code()).isEqualTo("invalid_did");
    assertThat(did("resolve", "did:key:zNothing").code()).isEqualTo("invalid_did");
    assertThat(did("resolve", "did:unheard:of").code()).isEqualTo("method_not_supported");
    CommandRun ethr = did("resolve", "did:ethr:0x" + "ab".repeat(20));
    assertThat(ethr.code()).isEqualTo("feature_not_supported");
    assertThat(ethr.json().path("fix").asString()).contains("--rpc-url");
    assertThat(did("resolve", "did:web:127.0.0.1").code()).isEqualTo("invalid_did");
    assertThat(did("create", "webvh", "--key", file("k")).code()).isEqualTo("place_missing");
    assertThat(did("create", "web", "--key", file("k"), "--place", "10.0.0.1").code())
        .isEqualTo("place_invalid");
    assertThat(did("rotate", "did:key:z6Mk", "--key", file("k")).code())
        .isEqualTo("did_unchangeable");
    assertThat(did("rotate", file("did.jsonl"), "--key", file("k")).code())
        .isEqualTo("file_missing");
    Files.writeString(folder.resolve("did.jsonl"), "{}");
    assertThat(did("deactivate", file("did.jsonl"), "--yes", "--key", file("k")).code())
        .isEqualTo("update_key_missing");
    Files.writeString(folder.resolve("k"), "too short");
    Files.setPosixFilePermissions(
        folder.resolve("k"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(did("deactivate", file("did.jsonl"), "--yes", "--key", file("k")).code())
        .isEqualTo("update_key_permissions");
    Files.setPosixFilePermissions(
        folder.resolve("k"), PosixFilePermissions.fromString("rw-------"));
    assertThat(did("deactivate", file("did.jsonl"), "--yes", "--key", file("k")).code())
        .isEqualTo("update_key_malformed");
    String identity = "did:ethr:0x7a69:0x" + "ab".repeat(20);
    assertThat(did("rotate", identity, "--key", file("k")).code()).isEqualTo("new_owner_missing");
    JsonNode usage = did("resolve", identity, "--version-time", "yesterday").json();
    assertThat(usage.path("code").asString()).isEqualTo("usage");
  }
}
