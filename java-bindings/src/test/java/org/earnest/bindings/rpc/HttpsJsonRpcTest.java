package org.earnest.bindings.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.testkit.tls.TestAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node over TLS is believed where the authorities that the JVM trusts vouch for its name. */
final class HttpsJsonRpcTest {
  private static final String HOST = "localhost";
  private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x7a69\"}";

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private static TestAuthority authority;

  @SuppressWarnings("NullAway.Init") // set before each test
  private static SSLContext good;

  private final AtomicInteger asked = new AtomicInteger();

  @SuppressWarnings("NullAway.Init") // set before each test
  private SSLContext before;

  @BeforeAll
  static void makeTheAuthority() {
    authority = TestAuthority.create(folder);
    good = authority.signed(HOST);
  }

  /** As a JVM is told by {@code javax.net.ssl.trustStore}. */
  @BeforeEach
  void trustTheAuthority() throws Exception {
    before = SSLContext.getDefault();
    SSLContext.setDefault(good);
  }

  @AfterEach
  void trustWhomTheJvmTrusted() {
    SSLContext.setDefault(before);
  }

  @Test
  void aNodeWithItsNameVouchedForIsAsked() throws IOException {
    HttpsServer node = node(good);
    try {
      assertThat(HttpJsonRpc.to(url(node)).require("eth_chainId").stringValue())
          .isEqualTo("0x7a69");
      assertThat(asked).hasValue(1);
    } finally {
      node.stop(0);
    }
  }

  @Test
  void aNodeWithAnothersNameIsNotAsked() throws IOException {
    assertNotAsked(authority.signed("other.example"));
  }

  @Test
  void aNodeThatVouchesForItselfIsNotAsked() throws IOException {
    assertNotAsked(authority.selfSigned(HOST));
  }

  @Test
  void anAuthorityThatNobodyTrustsCountsForNothing() throws IOException {
    SSLContext.setDefault(before);

    assertNotAsked(good);
  }

  private void assertNotAsked(SSLContext identity) throws IOException {
    HttpsServer node = node(identity);
    try {
      ThrowingCallable call = () -> HttpJsonRpc.to(url(node)).call("eth_chainId", "a secret");
      assertThatThrownBy(call)
          .isInstanceOf(ChainUnavailableException.class)
          .hasMessageContaining("eth_chainId")
          .satisfies(failed -> assertThat(causes(failed)).contains(SSLHandshakeException.class));
      assertThat(asked).as("nothing was told to it").hasValue(0);
    } finally {
      node.stop(0);
    }
  }

  private static List<Class<?>> causes(Throwable failed) {
    return Stream.<Throwable>iterate(failed, Objects::nonNull, Throwable::getCause)
        .<Class<?>>map(Object::getClass)
        .toList();
  }

  private static URI url(HttpsServer node) {
    return URI.create("https://" + HOST + ":" + node.getAddress().getPort() + "/v3/key");
  }

  private HttpsServer node(SSLContext identity) throws IOException {
    HttpsServer node = HttpsServer.create(new InetSocketAddress(InetAddress.getByName(HOST), 0), 0);
    node.setHttpsConfigurator(new HttpsConfigurator(identity));
    node.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          byte[] answer = ANSWER.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    node.start();
    return node;
  }
}
