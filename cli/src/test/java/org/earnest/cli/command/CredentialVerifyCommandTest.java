package org.earnest.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.earnest.bindings.signer.OwnersFile;
import org.earnest.cli.credential.CredentialHouse;
import org.earnest.kit.submission.OperatorToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What {@code credential verify} believes, of itself and of a house. */
class CredentialVerifyCommandTest {
  private static final String AGENT = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";
  private static final String OTHER = "did:web:auditor.example";

  @TempDir Path folder;

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private static CommandRun credential(String verb, String... options) {
    List<String> args = new ArrayList<>(List.of("credential", verb, "--json"));
    args.addAll(List.of(options));
    return CommandRun.of(args.toArray(String[]::new));
  }

  @BeforeEach
  void written() throws IOException {
    OwnersFile.create(folder.resolve("passphrase"), "a passphrase\n".getBytes(UTF_8));
  }

  private String issued(String format) {
    CommandRun run =
        credential(
            "issue",
            "--issuer-keys",
            at("issuer"),
            "--passphrase-file",
            at("passphrase"),
            "--type",
            "role",
            "--subject",
            AGENT,
            "--role",
            "buyer",
            "--format",
            format,
            "--out",
            at("signed"));
    assertThat(run.exit()).as(run.all()).isZero();
    return run.json().path("issuer").asString();
  }

  /** A house that says the same whatever it is asked, and keeps what it was asked. */
  private record OneAnswer(int status, String body, Queue<String> asked) {
    CommandRun to(String... args) throws IOException {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::answer);
      server.start();
      try {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort()));
        return credential("verify", all.toArray(String[]::new));
      } finally {
        server.stop(0);
      }
    }

    private void answer(HttpExchange exchange) throws IOException {
      asked.add(
          exchange.getRequestURI()
              + " "
              + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      byte[] said = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, said.length);
      exchange.getResponseBody().write(said);
      exchange.close();
    }
  }

  private static OneAnswer house(int status, String body) {
    return new OneAnswer(status, body.replace('\'', '"'), new ConcurrentLinkedQueue<>());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "200 | {'verified':true,'checks':[]} | 0 | ##",
        "200 | {'verified':true,'checks':[{'check':'of_2031','passed':true}]} | 0 | ##",
        "200 | {'checks':[]} | 1 | not_a_house",
        "200 | {'verified':'true','checks':[]} | 1 | not_a_house",
        "200 | {'verified':true,'checks':[{'check':'proof','passed':false}]} | 1 | not_a_house",
        "500 | {'verified':true,'checks':[]} | 1 | house_failed",
        "422 | {'verified':false,'code':'of_2031','checks':[]} | 1 | of_2031",
        "422 | {'verified':false,'code':'revoked','checks':[{'check':'of_2031'}]} | 1 | revoked",
        "429 | {'code':'too_many_requests'} | 1 | too_many_requests"
      })
  void onlyAPlainYesOfAHouseIsOne(int status, String body, int exit, String code)
      throws IOException {
    issued("eddsa-jcs-2022");

    CommandRun run = house(status, body).to(at("signed"));

    assertThat(run.exit()).as(run.all()).isEqualTo(exit);
    assertThat(run.code()).isEqualTo(code);
    assertThat(run.json().path("verified").asBoolean(false)).isEqualTo(exit == 0);
  }

  @Test
  void aHouseIsToldWhomIsTrustedAndItsWordIsLookedAt() throws IOException {
    String issuer = issued("eddsa-jcs-2022");
    OneAnswer yes = house(200, "{'verified':true,'checks':[]}");

    CommandRun believed = yes.to(at("signed"), "--trust", issuer);
    CommandRun strange = yes.to(at("signed"), "--trust", OTHER);

    assertThat(yes.asked()).anyMatch(body -> body.contains("\"trustedIssuers\":{\"" + OTHER));
    assertThat(believed.json().path("credentials").path(0).path("issuer").asString())
        .isEqualTo(issuer);
    assertThat(strange.code()).isEqualTo("not_trusted");
    assertThat(yes.to(at("signed"), "--lists", at("status")).exit())
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(yes.to(at("signed"), "--rpc-url", "http://127.0.0.1:1").exit())
        .isEqualTo(CommandLine.ExitCode.USAGE);
  }

  @Test
  void aPresentationOfNothingIsNobodysWord() throws IOException {
    issued("eddsa-jcs-2022");
    Path draft =
        Files.writeString(
            folder.resolve("empty"),
            """
            {"@context": ["https://www.w3.org/ns/credentials/v2"],
             "type": ["VerifiablePresentation"], "verifiableCredential": []}\
            """);
    String signed = draft.toString();

    CommandRun atHouse = house(200, "{'verified':true,'checks':[]}").to(signed, "--trust", OTHER);

    assertThat(atHouse.code()).isEqualTo("not_trusted");
    assertThat(atHouse.exit()).isEqualTo(1);
    CommandRun nobody = house(200, "{'verified':true,'checks':[]}").to(signed);
    assertThat(nobody.json().path("credentials").size()).isZero();
  }

  @Test
  void whoSaysWhatIsTold() {
    String issuer = issued("eddsa-jcs-2022");
    List<String> shown = new ArrayList<>(List.of(at("signed"), "--out", at("shown")));
    shown.addAll(List.of("--holder-keys", at("issuer"), "--passphrase-file", at("passphrase")));
    shown.addAll(List.of("--challenge", "7", "--domain", "d"));
    assertThat(credential("present", shown.toArray(String[]::new)).exit()).isZero();

    CommandRun run =
        credential("verify", at("shown"), "--challenge", "7", "--domain", "d", "--trust", issuer);

    assertThat(run.exit()).as(run.all()).isZero();
    assertThat(run.json().path("holder").asString()).isEqualTo(issuer);
    assertThat(run.json().path("credentials").path(0).path("types").toString())
        .contains("AgentRoleCredential");
  }

  private CommandRun presented(String... more) {
    List<String> shown = new ArrayList<>(List.of(at("signed"), "--out", at("shown")));
    shown.addAll(List.of("--holder-keys", at("issuer"), "--passphrase-file", at("passphrase")));
    shown.addAll(List.of(more));
    return credential("present", shown.toArray(String[]::new));
  }

  @Test
  void aPresentationAsAJwtIsOneHereAndAtAHouse() throws IOException {
    String issuer = issued("vc+jwt");
    CommandRun shown =
        presented("--format", "vp+jwt", "--challenge", "7", "--domain", "shop.example");
    assertThat(shown.exit()).as(shown.all()).isZero();
    assertThat(Files.readString(folder.resolve("shown"))).startsWith("eyJ");
    String[] asked = {at("shown"), "--challenge", "7", "--domain", "shop.example"};

    CommandRun here = credential("verify", asked);
    OneAnswer house = house(200, "{'verified':true,'checks':[],'holder':'%s'}".formatted(issuer));
    CommandRun there = house.to(asked);

    assertThat(here.exit()).as(here.all()).isZero();
    assertThat(credential("verify", at("shown")).code()).isEqualTo("domain_mismatch");
    assertThat(house.asked())
        .singleElement()
        .asString()
        .startsWith("/presentations/verify {\"verifiablePresentation\"")
        .contains("\"EnvelopedVerifiablePresentation\"", "data:application/vp+jwt,eyJ");
    for (CommandRun run : List.of(here, there)) {
      assertThat(run.json().path("holder").asString()).as(run.all()).isEqualTo(issuer);
      assertThat(run.json().path("credentials").path(0).path("issuer").asString())
          .isEqualTo(issuer);
    }
  }

  @Test
  void aPresentationHasNoOtherFormat() {
    issued("sd-jwt");
    assertThat(presented("--format", "vc+jwt").code()).isEqualTo("format_unknown");
    assertThat(presented("--format", "vp+jwt").exit()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(folder.resolve("shown")).doesNotExist();
  }

  @Test
  void anSdJwtIsForOneAskerOrForAll() {
    issued("sd-jwt");

    assertThat(credential("verify", at("signed"), "--domain", "d").exit())
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(credential("verify", at("signed"), "--challenge", "7").exit())
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(credential("verify", at("signed")).exit()).isZero();
  }

  @Test
  void aTokenGoesToAHouseElsewhereOnlyWhereItWasNamedForIt() throws IOException {
    Path state = Files.createDirectories(folder.resolve("state"));
    OwnersFile.create(state.resolve(OperatorToken.FILE), ("ab".repeat(32) + "\n").getBytes(UTF_8));

    assertThat(options("--url", "http://127.0.0.1:1").token(state)).isPresent();
    assertThat(options("--url", "https://house.example").token(state)).isEmpty();
    assertThat(options("--url", "https://house.example", "--state", state.toString()).token(folder))
        .isPresent();
    assertThat(URI.create("http://127.0.0.1:1")).matches(CredentialHouse::isThisMachine);
    assertThat(URI.create("https://127.0.0.1.example"))
        .matches(url -> !CredentialHouse.isThisMachine(url));
  }

  private static CredentialHouseOptions options(String... args) {
    CredentialHouseOptions options = new CredentialHouseOptions();
    CommandLine.populateCommand(options, args);
    return options;
  }
}
