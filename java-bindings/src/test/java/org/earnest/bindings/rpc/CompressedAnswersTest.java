package org.earnest.bindings.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.earnest.core.chain.ChainUnavailableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in gzip, as geth and what stands before hosted nodes send them. */
final class CompressedAnswersTest {
  private static final int MAX_ANSWER = 4096;
  private static final byte[] ANSWER = answer("0x7a69");

  @SuppressWarnings("NullAway.Init") // set before each test
  private HttpServer node;

  private volatile byte[] sent = ANSWER;
  private volatile String coding = "";
  private volatile @Nullable String accepted;

  @BeforeEach
  void start() throws IOException {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext("/", this::answer);
    node.start();
  }

  @AfterEach
  void stop() {
    node.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
      if (!coding.isEmpty()) {
        exchange.getResponseHeaders().add("Content-Encoding", coding);
      }
      exchange.sendResponseHeaders(200, sent.length);
      exchange.getResponseBody().write(sent);
    }
  }

  @Test
  void areAskedForAndRead() {
    send("gzip", gzip(ANSWER));

    assertThat(remote().require("eth_chainId").stringValue()).isEqualTo("0x7a69");
    assertThat(accepted).isEqualTo("gzip");
  }

  @Test
  void areReadOfSeveralCallsAsWell() {
    String both = "[{\"id\":1,\"result\":\"a\"},{\"id\":2,\"result\":\"b\"}]";
    send("gzip", gzip(both.getBytes(UTF_8)));

    assertThat(remote().callAll(List.of(RpcCall.of("eth_echo"), RpcCall.of("eth_echo"))))
        .extracting(reply -> ((RpcReply.Result) reply).value().stringValue())
        .containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GZIP", "x-gzip"})
  void areKnownByEveryNameOfIt(String name) {
    send(name, gzip(ANSWER));
    assertThat(remote().require("eth_chainId").stringValue()).isEqualTo("0x7a69");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity"})
  void whoSendsThemPlainIsReadToo(String name) {
    send(name, ANSWER);
    assertThat(remote().require("eth_chainId").stringValue()).isEqualTo("0x7a69");
  }

  @Test
  void areNotAskedForOnTheSameMachineAndReadAllTheSame() {
    send("gzip", gzip(ANSWER));

    assertThat(HttpJsonRpc.to(url()).require("eth_chainId").stringValue()).isEqualTo("0x7a69");
    assertThat(accepted).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8545, false",
    "http://127.9.9.9, false",
    "http://LOCALHOST:8545, false",
    "http://[::1]:8545, false",
    "https://127.0.0.1.example/KEY, true",
    "https://localhost.example, true",
    "https://node.example/KEY, true",
    "http://10.0.0.7:8545, true"
  })
  void payWhereTheNodeIsElsewhere(URI url, boolean pays) {
    assertThat(ContentCoding.pays(url)).isEqualTo(pays);
  }

  @Test
  void mayBeAsLongAsPlainOnesOnceRead() {
    int around = answer("").length;
    send("gzip", gzip(answer("f".repeat(MAX_ANSWER - around))));
    assertThat(remote().require("eth_getLogs").stringValue()).hasSize(MAX_ANSWER - around);

    send("gzip", gzip(answer("f".repeat(MAX_ANSWER - around + 1))));
    assertThatThrownBy(() -> remote().call("eth_getLogs"))
        .isInstanceOf(AnswerTooLargeException.class)
        .hasMessageContaining("4096");
  }

  @Test
  void thatGrowWithoutEndAreGivenUp() {
    send("gzip", gzip(answer("f".repeat(1_000 * MAX_ANSWER))));
    assertThat(sent.length).isGreaterThan(MAX_ANSWER / 2);

    assertThatThrownBy(() -> remote(2 * sent.length).call("eth_getLogs"))
        .isInstanceOf(AnswerTooLargeException.class);
    assertThatThrownBy(() -> remote(sent.length - 1).call("eth_getLogs"))
        .isInstanceOf(AnswerTooLargeException.class);
  }

  @Test
  void thatBreakOffOrAreDamagedAreNoAnswers() {
    byte[] whole = gzip(ANSWER);
    for (int length = 0; length < whole.length; length++) {
      send("gzip", Arrays.copyOf(whole, length));
      assertUnavailable("eth_chainId");
    }
    whole[whole.length - 5] ^= 1;
    send("gzip", whole);
    assertUnavailable("Corrupt GZIP trailer");
    send("gzip", ANSWER);
    assertUnavailable("Not in GZIP format");
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "gzip, gzip", "nonsense"})
  void inAnotherCodingAreRefused(String name) {
    send(name, gzip(ANSWER));
    assertUnavailable("content coding");
  }

  private void assertUnavailable(String why) {
    assertThatThrownBy(() -> remote().call("eth_chainId"))
        .isInstanceOf(ChainUnavailableException.class)
        .isNotInstanceOf(AnswerTooLargeException.class)
        .hasMessageContaining(why);
  }

  private void send(String name, byte[] body) {
    coding = name;
    sent = body;
  }

  private HttpJsonRpc remote() {
    return remote(MAX_ANSWER);
  }

  /** As if the node were on another machine. */
  private HttpJsonRpc remote(int maxAnswer) {
    return new HttpJsonRpc(HttpJsonRpc.CALL_TIMEOUT, new RpcTransport(url(), maxAnswer, true));
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + node.getAddress().getPort());
  }

  private static byte[] answer(String result) {
    return ("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"" + result + "\"}").getBytes(UTF_8);
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
