package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialCommandTest {
  private static final String AGENT = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";

  @TempDir Path folder;

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  /** Whoever signs has one passphrase for all keys here. */
  private CommandRun credential(String verb, String... options) {
    List<String> args = new ArrayList<>(List.of("credential", verb, "--json"));
    args.addAll(List.of(options));
    if (args.contains("--issuer-keys") || args.contains("--holder-keys")) {
      args.addAll(List.of("--passphrase-file", at("passphrase")));
    }
    return CommandRun.of(args.toArray(String[]::new));
  }

  /** Issues a certification of {@link #AGENT}, revocable. */
  private CommandRun issue(String format, String... more) {
    return issueTo(AGENT, "https://issuer.example/status/", format, more);
  }

  private CommandRun issueTo(String subject, String place, String format, String... more) {
    List<String> options =
        new ArrayList<>(List.of("--issuer-keys", at("issuer"), "--format", format));
    options.addAll(List.of("--lists", at("status"), "--publish-at", place));
    options.addAll(List.of("--type", "certification", "--subject", subject));
    options.addAll(List.of("--standard", "ISO 26262", "--level", "ASIL-B", "--out", at("signed")));
    options.addAll(List.of(more));
    return credential("issue", options.toArray(String[]::new));
  }

  private CommandRun verify(String... more) {
    List<String> options = new ArrayList<>(List.of(at("signed"), "--lists", at("status")));
    options.addAll(List.of(more));
    return credential("verify", options.toArray(String[]::new));
  }

  private CommandRun change(String verb, String credential) {
    return credential(verb, credential, "--issuer-keys", at("issuer"), "--lists", at("status"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"eddsa-jcs-2022", "eddsa-rdfc-2022", "ecdsa-rdfc-2019", "vc+jwt", "sd-jwt"})
  void everyFormatIsIssuedVerifiedAndRevoked(String format) {
    CommandRun issued = issue(format);
    CommandRun good = verify();
    CommandRun revoked = change("revoke", issued.json().path("id").asString());
    CommandRun again = change("revoke", at("signed"));
    CommandRun bad = verify();

    assertThat(issued.exit()).as(issued.all()).isZero();
    assertThat(good.exit()).as(good.all()).isZero();
    assertThat(good.json().path("checks").size()).isGreaterThanOrEqualTo(8);
    assertThat(revoked.json().path("changed").asBoolean()).as(revoked.all()).isTrue();
    assertThat(again.json().path("changed").asBoolean(true)).isFalse();
    assertThat(bad.exit()).isEqualTo(1);
    assertThat(bad.code()).isEqualTo("revoked");
    assertThat(bad.json().path("checks").valueStream().filter(c -> !c.path("passed").asBoolean()))
        .singleElement()
        .satisfies(check -> assertThat(check.path("check").asString()).isEqualTo("status"));
    assertThat(bad.json().path("fix").asString()).isNotEmpty();
    assertThat(credential("show", at("signed")).all()).contains("ISO 26262");
  }

  @Test
  void aHolderShowsAPartOfWhatEcdsaSdSigned() {
    CommandRun issued = issue("ecdsa-sd-2023", "--mandatory", "/credentialSubject/id");
    assertThat(issued.exit()).as(issued.all()).isZero();
    assertThat(verify().code()).isEqualTo("proof_not_derived");

    CommandRun derived =
        credential(
            "derive",
            at("signed"),
            "--disclose",
            "/credentialSubject/standard",
            "--out",
            at("shown"));

    assertThat(derived.exit()).as(derived.all()).isZero();
    assertThat(credential("show", at("shown")).all())
        .contains("ISO 26262", AGENT)
        .doesNotContain("ASIL-B");
    CommandRun good = credential("verify", at("shown"), "--lists", at("status"));
    assertThat(good.exit()).as(good.all()).isZero();
    change("revoke", at("shown"));
    assertThat(credential("verify", at("shown"), "--lists", at("status")).code())
        .isEqualTo("revoked");
    assertThat(credential("derive", at("signed"), "--disclose", "/nothing").code())
        .isEqualTo("selection_invalid");
    assertThat(issue("eddsa-jcs-2022", "--mandatory", "/issuer").exit()).isEqualTo(2);
  }

  /** Each type is an issuer of its own, and each list one issuer's. */
  @Test
  void theKeyIsChosenByFormatTypeAndList() {
    issue("eddsa-jcs-2022");
    assertThat(issue("ecdsa-jcs-2019").code()).isEqualTo("format_not_of_key");
    for (String type : List.of("p256", "p384")) {
      CommandRun made =
          CommandRun.of(
              "key",
              "issuer",
              "new",
              at("issuer"),
              "--type",
              type,
              "--json",
              "--passphrase-file",
              at("passphrase"));
      assertThat(made.exit()).as(made.all()).isZero();
      String lists = at(type);
      CommandRun issued =
          credential(
              "issue",
              "--issuer-keys",
              at("issuer"),
              "--key-type",
              type,
              "--lists",
              lists,
              "--publish-at",
              "https://issuer.example/" + type,
              "--type",
              "role",
              "--subject",
              AGENT,
              "--role",
              "buyer",
              "--out",
              at("by-" + type));
      assertThat(issued.json().path("format").asString()).isEqualTo("ecdsa-jcs-2019");
      assertThat(made.json().path("id").asString())
          .startsWith(issued.json().path("issuer").asString());
      String[] looked = {at("by-" + type), "--lists", lists};
      assertThat(credential("verify", looked).exit()).isZero();
      CommandRun revoked =
          credential("revoke", at("by-" + type), "--issuer-keys", at("issuer"), "--lists", lists);
      assertThat(revoked.exit()).as(revoked.all()).isZero();
      assertThat(credential("verify", looked).code()).isEqualTo("revoked");
    }
    assertThat(verify().exit()).isZero();
  }

  @Test
  void keysAreEncryptedWithAPassphraseThatIsWrittenDownWhereNobodyElseReads() throws IOException {
    issue("eddsa-jcs-2022");
    Path word = folder.resolve("passphrase");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(word)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(word)).hasSize(64);

    assertThat(credential("publish", "--issuer-keys", at("none"), "--lists", at("status")).code())
        .isEqualTo("issuer_keys_missing");
    Files.writeString(word, "another");
    assertThat(change("revoke", at("signed")).code()).isEqualTo("issuer_key_passphrase");
    Files.delete(word);
    assertThat(change("revoke", at("signed")).code()).isEqualTo("passphrase_unreadable");
    assertThat(verify().exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"eddsa-jcs-2022", "sd-jwt"})
  void aSuspensionEndsAndARevocationDoesNot(String format) {
    String id = issue(format, "--suspendable").json().path("id").asString();

    change("suspend", id);
    assertThat(verify().code()).isEqualTo("suspended");
    change("reinstate", id);
    assertThat(verify().exit()).isZero();
    change("revoke", id);
    assertThat(verify().code()).isEqualTo("revoked");
    CommandRun back = change("reinstate", id);
    if (format.equals("sd-jwt")) {
      assertThat(back.code()).isEqualTo("revocation_is_final");
    }
    assertThat(verify().code()).isEqualTo("revoked");
  }

  @Test
  void theListsAreOfOneIssuerAndOnePlace() throws IOException {
    issue("eddsa-jcs-2022");
    Files.move(folder.resolve("signed"), folder.resolve("first"));
    String elsewhere = "https://other.example/status";

    assertThat(issueTo(AGENT, elsewhere, "eddsa-jcs-2022").code()).isEqualTo("lists_elsewhere");
    assertThat(
            credential(
                    "issue",
                    "--issuer-keys",
                    at("other"),
                    "--lists",
                    at("status"),
                    "--type",
                    "role",
                    "--subject",
                    AGENT,
                    "--role",
                    "buyer")
                .code())
        .isEqualTo("lists_of_another");
    assertThat(folder.resolve("other")).doesNotExist();
    assertThat(change("revoke", "urn:uuid:none").code()).isEqualTo("status_not_held");
    assertThat(change("suspend", at("first")).code()).isEqualTo("status_not_held");
    assertThat(folder.resolve("status/ledger.json")).exists();
    CommandRun published =
        credential("publish", "--issuer-keys", at("issuer"), "--lists", at("status"));
    assertThat(published.json().path("lists").toString())
        .contains("https://issuer.example/status/revocation-1.json");
  }

  @Test
  void whatWasChangedIsRefusedWhereItWasNoticed() throws IOException {
    issue("eddsa-jcs-2022");
    Path signed = folder.resolve("signed");
    Files.writeString(signed, Files.readString(signed).replace("ASIL-B", "ASIL-D"));

    CommandRun verified = verify();

    assertThat(verified.code()).isEqualTo("proof_invalid");
    assertThat(verified.json().path("checks").path(0).path("check").asString()).isEqualTo("json");
    assertThat(
            verified
                .json()
                .path("checks")
                .valueStream()
                .toList()
                .getLast()
                .path("check")
                .asString())
        .isEqualTo("proof");
  }

  @Test
  void onlyTrustedIssuersAreBelieved() {
    String issuer = issue("sd-jwt").json().path("issuer").asString();

    assertThat(verify("--trust", issuer).exit()).isZero();
    assertThat(verify("--trust", "did:web:auditor.example").code()).isEqualTo("not_trusted");
  }

  @Test
  void aHolderShowsAnSdJwtInPartsToOneAsker() {
    String holder =
        credential(
                "issue",
                "--holder-keys",
                at("holder"),
                "--type",
                "role",
                "--subject",
                AGENT,
                "--role",
                "holder")
            .json()
            .path("issuer")
            .asString();
    issueTo(holder, "https://issuer.example/status", "sd-jwt");

    CommandRun shown =
        credential(
            "present",
            at("signed"),
            "--holder-keys",
            at("holder"),
            "--disclose",
            "/standard",
            "--challenge",
            "7f3a",
            "--domain",
            "shop.example",
            "--out",
            at("shown"));

    assertThat(shown.exit()).as(shown.all()).isZero();
    assertThat(credential("show", at("shown")).all())
        .contains("ISO 26262")
        .doesNotContain("ASIL-B");
    String lists = at("status");
    assertThat(
            credential(
                    "verify",
                    at("shown"),
                    "--lists",
                    lists,
                    "--challenge",
                    "7f3a",
                    "--domain",
                    "shop.example")
                .exit())
        .isZero();
    assertThat(
            credential(
                    "verify",
                    at("shown"),
                    "--lists",
                    lists,
                    "--challenge",
                    "7f3b",
                    "--domain",
                    "shop.example")
                .code())
        .isEqualTo("holder_binding_invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eddsa-jcs-2022", "vc+jwt"})
  void aPresentationIsForOneAsker(String format) {
    issue(format);
    CommandRun shown =
        credential(
            "present",
            at("signed"),
            "--holder-keys",
            at("issuer"),
            "--challenge",
            "7f3a",
            "--domain",
            "shop.example",
            "--out",
            at("shown"));

    assertThat(shown.exit()).as(shown.all()).isZero();
    String lists = at("status");
    CommandRun good =
        credential(
            "verify",
            at("shown"),
            "--lists",
            lists,
            "--challenge",
            "7f3a",
            "--domain",
            "shop.example");
    assertThat(good.exit()).as(good.all()).isZero();
    assertThat(credential("verify", at("shown"), "--lists", lists).exit()).isEqualTo(1);
  }

  @Test
  void whatCannotBeDoneHasACode() throws IOException {
    String key = at("issuer");
    Files.writeString(folder.resolve("draft.json"), "{\"a\":1,\"a\":2}");

    assertThat(credential("issue", "--type", "role", "--subject", AGENT).code())
        .isEqualTo("key_missing");
    assertThat(
            credential("issue", "--issuer-keys", key, "--type", "role", "--subject", AGENT).code())
        .isEqualTo("claim_missing");
    assertThat(credential("issue", "--issuer-keys", key, "--type", "role", "--subject", "7").code())
        .isEqualTo("claim_invalid");
    assertThat(credential("issue", at("draft.json"), "--issuer-keys", key).code())
        .isEqualTo("malformed_json");
    assertThat(
            credential(
                    "issue",
                    "--issuer-keys",
                    key,
                    "--format",
                    "zkp",
                    "--type",
                    "role",
                    "--subject",
                    AGENT)
                .code())
        .isEqualTo("format_unknown");
    assertThat(folder.resolve("issuer")).doesNotExist();
    issue("eddsa-jcs-2022");
    assertThat(issue("ecdsa-jcs-2019").code()).isEqualTo("format_not_of_key");
    assertThat(credential("verify", at("none")).code()).isEqualTo("file_missing");
    assertThat(credential("verify", at("draft.json")).code()).isEqualTo("malformed_json");
    assertThat(credential("revoke", "urn:x", "--issuer-keys", key).code())
        .isEqualTo("lists_unnamed");
    assertThat(credential("issue", "--issuer-keys", key).exit()).isEqualTo(2);
  }
}
