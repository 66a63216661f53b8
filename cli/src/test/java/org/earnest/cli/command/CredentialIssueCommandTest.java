package org.earnest.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.earnest.bindings.signer.OwnersFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code credential issue} and {@code present} refuse before anything is signed. */
class CredentialIssueCommandTest {
  private static final String BASE = "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],";

  @TempDir Path folder;

  @BeforeEach
  void written() throws IOException {
    OwnersFile.create(folder.resolve("passphrase"), "a passphrase\n".getBytes(UTF_8));
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private CommandRun run(String verb, String keys, String... options) {
    List<String> args = new ArrayList<>(List.of("credential", verb, "--json"));
    args.addAll(List.of(keys, at("issuer"), "--passphrase-file", at("passphrase")));
    args.addAll(List.of(options));
    return CommandRun.of(args.toArray(String[]::new));
  }

  private CommandRun sdJwt(String members, String... more) throws IOException {
    Files.writeString(folder.resolve("draft"), BASE + members.replace('\'', '"') + "}");
    List<String> options = new ArrayList<>(List.of(at("draft"), "--format", "sd-jwt"));
    options.addAll(List.of(more));
    return run("issue", "--issuer-keys", options.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "'type':['VerifiableCredential','AgentRoleCredential']",
        "'type':'AgentRoleCredential','credentialSubject':{}",
        "'type':['AgentRoleCredential'],'credentialSubject':[{'role':1},{'role':2}]",
        "'type':['AgentRoleCredential'],'credentialSubject':{},'evidence':[1]",
        "'type':['AgentRoleCredential'],'credentialSubject':{},'credentialSchema':{'id':'a:b'}",
        "'type':['AgentRoleCredential'],'credentialSubject':{'vct':'b'}",
        "'type':['AgentRoleCredential'],'credentialSubject':{},'validUntil':'tomorrow'"
      })
  void whatAnSdJwtCannotSayIsRefused(String members) throws IOException {
    CommandRun refused = sdJwt(members);

    assertThat(refused.code()).as(refused.all()).isEqualTo("invalid_credential");
  }

  @Test
  void aClaimIsShownThatIsNamedRightly() throws IOException {
    CommandRun good =
        sdJwt(
            "'type':['AgentRoleCredential'],'credentialSubject':{'a':1,'b':2}",
            "--out",
            at("signed"));
    assertThat(good.exit()).as(good.all()).isZero();

    CommandRun mistyped = run("present", "--holder-keys", at("signed"), "--disclose", "/ab");
    assertThat(mistyped.code()).isEqualTo("selection_invalid");
    assertThat(run("present", "--holder-keys", at("signed"), "--disclose", "/a").exit()).isZero();
  }

  @Test
  void aFileThatIsThereIsFoundBeforeAPlaceIsTaken() throws IOException {
    Files.writeString(folder.resolve("there"), "mine");

    CommandRun run =
        sdJwt(
            "'type':['AgentRoleCredential'],'credentialSubject':{'a':1}",
            "--lists",
            at("status"),
            "--publish-at",
            "https://issuer.example/status",
            "--out",
            at("there"));

    assertThat(run.code()).isEqualTo("file_exists");
    assertThat(folder.resolve("status")).doesNotExist();
    assertThat(folder.resolve("there")).hasContent("mine");
  }

  /** A key that nobody needs, and its passphrase, are not left behind. */
  @ParameterizedTest
  @CsvSource({
    "claim_missing, --type capability --subject did:web:a.example",
    "claim_invalid, --type role --subject 7 --role buyer",
    "lists_url_missing, --type role --subject did:web:a.example --role buyer --lists LISTS",
    "file_exists, --type role --subject did:web:a.example --role buyer --out THERE",
    "format_not_of_key, --type role --subject did:web:a.example --role buyer --format ecdsa-sd-2023 --key-type p384",
    "selection_invalid, --type role --subject did:web:a.example --role buyer --mandatory /nothing",
    "invalid_credential, FILE --format sd-jwt",
    "issuer_mismatch, OTHERS",
    "'', --type role --subject did:web:a.example --role buyer --suspendable"
  })
  void noKeyIsMadeForWhatIsRefused(String code, String options) throws IOException {
    Files.writeString(folder.resolve("there"), "mine");
    Files.writeString(folder.resolve("file"), BASE + "\"type\":[\"VerifiableCredential\"]}");
    Files.writeString(
        folder.resolve("others"),
        BASE
            + "\"type\":[\"VerifiableCredential\"],\"issuer\":\"did:web:b.example\","
            + "\"credentialSubject\":{\"id\":\"did:web:a.example\"}}");
    String[] args = options.split(" ", -1);
    for (int i = 0; i < args.length; i++) {
      if (args[i].matches("[A-Z]+")) {
        args[i] = at(args[i].toLowerCase(Locale.ROOT));
      }
    }
    List<String> all = new ArrayList<>(List.of("credential", "issue", "--json"));
    all.addAll(List.of("--issuer-keys", at("issuer"), "--passphrase-file", at("word")));
    all.addAll(List.of(args));

    CommandRun refused = CommandRun.of(all.toArray(String[]::new));

    assertThat(refused.exit()).as(refused.all()).isNotZero();
    if (!code.isEmpty()) {
      assertThat(refused.code()).as(refused.all()).isEqualTo(code);
    }
    assertThat(folder.resolve("issuer")).doesNotExist();
    assertThat(folder.resolve("word")).doesNotExist();
    assertThat(folder.resolve("lists")).doesNotExist();
  }

  /** By any other key the answer would be refused by whoever asked. */
  @Test
  void anSdJwtIsShownByTheKeyThatItNames() {
    assertThat(role("holder", "did:web:a.example", "nobodys").exit()).isZero();
    String holder = newKey("holder", "p256");
    assertThat(role("issuer", holder, "signed").exit()).isZero();

    CommandRun shown = present("signed", "holder", "--out", at("shown"));
    assertThat(shown.exit()).as(shown.all()).isZero();
    CommandRun good =
        CommandRun.of(
            "credential", "verify", "--json", at("shown"), "--challenge", "7", "--domain", "b");
    assertThat(good.exit()).as(good.all()).isZero();
    assertThat(present("signed", "holder", "--key-type", "ed25519").code())
        .isEqualTo("holder_key_missing");
    assertThat(present("signed", "issuer").code()).isEqualTo("holder_key_missing");
    assertThat(present("nobodys", "holder").code()).isEqualTo("holder_unnamed");
  }

  /** The did:key. */
  private String newKey(String keys, String type) {
    List<String> args = new ArrayList<>(List.of("key", "issuer", "new", at(keys), "--json"));
    args.addAll(List.of("--type", type, "--passphrase-file", at("passphrase")));
    CommandRun made = CommandRun.of(args.toArray(String[]::new));
    assertThat(made.exit()).as(made.all()).isZero();
    return made.json().path("id").asString().replaceFirst("#.*", "");
  }

  private CommandRun role(String keys, String subject, String out) {
    List<String> args = new ArrayList<>(List.of("credential", "issue", "--json"));
    args.addAll(List.of("--issuer-keys", at(keys), "--passphrase-file", at("passphrase")));
    args.addAll(List.of("--format", "sd-jwt", "--type", "role", "--subject", subject));
    args.addAll(List.of("--role", "buyer", "--out", at(out)));
    return CommandRun.of(args.toArray(String[]::new));
  }

  private CommandRun present(String file, String keys, String... more) {
    List<String> args = new ArrayList<>(List.of("credential", "present", "--json", at(file)));
    args.addAll(List.of("--holder-keys", at(keys), "--passphrase-file", at("passphrase")));
    args.addAll(List.of("--challenge", "7", "--domain", "b"));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(String[]::new));
  }
}
