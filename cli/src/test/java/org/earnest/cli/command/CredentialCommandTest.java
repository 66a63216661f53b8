package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private static CommandRun credential(String verb, String... options) {
    List<String> args = new ArrayList<>(List.of("credential", verb, "--json"));
    args.addAll(List.of(options));
    return CommandRun.of(args.toArray(String[]::new));
  }

  /** Issues a certification of {@link #AGENT}, revocable. */
  private CommandRun issue(String format, String... more) {
    return issueTo(AGENT, "https://issuer.example/status/", format, more);
  }

  private CommandRun issueTo(String subject, String place, String format, String... more) {
    List<String> options = new ArrayList<>(List.of("--key", at("issuer.key"), "--format", format));
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
    return credential(verb, credential, "--key", at("issuer.key"), "--lists", at("status"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eddsa-jcs-2022", "eddsa-rdfc-2022", "vc+jwt", "sd-jwt"})
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
  void theListsAreOfOneIssuerAndOnePlace() {
    issue("eddsa-jcs-2022");
    String elsewhere = "https://other.example/status";

    assertThat(issueTo(AGENT, elsewhere, "eddsa-jcs-2022").code()).isEqualTo("lists_elsewhere");
    assertThat(
            credential(
                    "issue",
                    "--key",
                    at("other.key"),
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
    assertThat(change("revoke", "urn:uuid:none").code()).isEqualTo("status_not_held");
    assertThat(change("suspend", at("signed")).code()).isEqualTo("status_not_held");
    assertThat(folder.resolve("status/ledger.json")).exists();
    CommandRun published =
        credential("publish", "--key", at("issuer.key"), "--lists", at("status"));
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
                "--key",
                at("holder.key"),
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
            "--key",
            at("holder.key"),
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
            "--key",
            at("issuer.key"),
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
    String key = at("issuer.key");
    Files.writeString(folder.resolve("draft.json"), "{\"a\":1,\"a\":2}");

    assertThat(credential("issue", "--type", "role", "--subject", AGENT).code())
        .isEqualTo("key_missing");
    assertThat(credential("issue", "--key", key, "--type", "role", "--subject", AGENT).code())
        .isEqualTo("claim_missing");
    assertThat(credential("issue", "--key", key, "--type", "role", "--subject", "7").code())
        .isEqualTo("claim_invalid");
    assertThat(credential("issue", at("draft.json"), "--key", key).code())
        .isEqualTo("malformed_json");
    assertThat(
            credential(
                    "issue", "--key", key, "--format", "zkp", "--type", "role", "--subject", AGENT)
                .code())
        .isEqualTo("format_unknown");
    assertThat(issue("ecdsa-jcs-2019").code()).isEqualTo("format_not_of_key");
    assertThat(credential("verify", at("none")).code()).isEqualTo("file_missing");
    assertThat(credential("verify", at("draft.json")).code()).isEqualTo("malformed_json");
    assertThat(credential("revoke", "urn:x", "--key", key).code()).isEqualTo("lists_unnamed");
    assertThat(credential("issue", "--key", key).exit()).isEqualTo(2);
  }
}
