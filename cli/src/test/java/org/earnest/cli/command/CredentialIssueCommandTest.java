package org.earnest.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
}
