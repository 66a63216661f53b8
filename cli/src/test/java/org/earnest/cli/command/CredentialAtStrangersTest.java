package org.earnest.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.earnest.cli.client.HouseClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verbs of {@code credential} at an address where no house answers as houses do. */
class CredentialAtStrangersTest {
  private static final String AGENT = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";
  private static final String PAGE = "<html>\u001b[31mNot what you think</html>";
  private static final String ID = "urn:uuid:5a1f9f3c-94c0-4b8a-9d0a-6a1f6a3e2f10";

  private static final int VERBS = 5;

  @TempDir Path folder;
  private HttpServer server;
  private final AtomicInteger asked = new AtomicInteger();
  private int status;
  private byte[] body = new byte[0];

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    Files.writeString(
        folder.resolve("signed"),
        """
        {"@context": ["https://www.w3.org/ns/credentials/v2"],
         "type": ["VerifiableCredential"], "issuer": "%s", "credentialSubject": {"id": "%s"}}\
        """
            .formatted(AGENT, AGENT));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().add("Location", "/elsewhere");
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException hungUp) {
      // Whoever asked had heard enough.
    }
  }

  private List<CommandRun> allVerbs() {
    return List.of(
        run(
            "issue",
            "--type",
            "capability",
            "--subject",
            AGENT,
            "--capability",
            "translation/de-en"),
        run("revoke", ID),
        run("suspend", ID),
        run("reinstate", ID),
        run("verify", folder.resolve("signed").toString()));
  }

  private CommandRun run(String verb, String... options) {
    List<String> args = new ArrayList<>(List.of("credential", verb, "--json"));
    args.addAll(Arrays.asList(options));
    args.addAll(List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort()));
    args.addAll(List.of("--state", folder.toString()));
    return CommandRun.of(args.toArray(String[]::new));
  }

  private void assertAllSay(String code) {
    assertThat(allVerbs())
        .allSatisfy(
            run -> {
              assertThat(run.exit()).as(run.all()).isEqualTo(1);
              assertThat(run.code()).as(run.all()).isEqualTo(code);
              assertThat(run.json().path("ok").asBoolean(true)).isFalse();
              assertThat(run.json().path("fix").asString("")).isNotBlank();
              assertThat(run.all()).doesNotContain("Exception", "\u001b[31m");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "200, not_a_house",
    "204, not_a_house",
    "302, house_moved",
    "308, house_moved",
    "401, not_a_house",
    "403, not_a_house",
    "404, not_a_house",
    "413, request_too_large",
    "500, house_failed",
    "502, house_failed"
  })
  void aPageIsNoAnswer(int given, String code) {
    status = given;
    body = given == 204 ? new byte[0] : PAGE.getBytes(UTF_8);
    assertAllSay(code);
    assertThat(asked).as("nobody follows a redirect").hasValue(VERBS);
  }

  @Test
  void anAnswerWithoutAnEndIsNotHeardOut() {
    status = 200;
    body = new byte[HouseClient.MAX_ANSWER_BYTES + 1];
    Arrays.fill(body, (byte) ' ');
    assertAllSay("answer_too_large");
  }

  @Test
  void whereNobodyAnswersThatIsSaid() {
    server.stop(0);
    assertAllSay("house_unreachable");
  }

  @ParameterizedTest
  @CsvSource({"{}", "[]", "7", "{\"verifiableCredential\":\"\"}", "{\"verifiableCredential\":{}}"})
  void nothingWasIssuedWhereNothingCame(String said) {
    status = 201;
    body = said.getBytes(UTF_8);
    CommandRun run =
        run(
            "issue",
            "--type",
            "capability",
            "--subject",
            AGENT,
            "--capability",
            "translation/de-en");
    assertThat(run.exit()).as(run.all()).isEqualTo(1);
    assertThat(run.code()).isEqualTo("not_a_house");
  }
}
