package org.earnest.did.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidResolution.ErrorType;
import org.earnest.did.DidMethod;
import org.earnest.did.document.PublishedDocument;
import org.earnest.did.edge.GuardedDocumentFetcher;
import org.earnest.did.key.PublicKeyMultibase;
import org.earnest.did.key.PublicKeyType;
import org.earnest.did.webvh.LogSigner;
import org.earnest.did.webvh.WebvhController;
import org.earnest.did.webvh.WebvhDidMethod;
import org.earnest.kit.fetch.FetchPolicy;
import org.earnest.kit.fetch.GuardedFetcher;
import org.earnest.kit.fetch.TestNames;
import org.earnest.testkit.fetch.SsrfVectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** did:web and did:webvh with the fetcher that keeps them out of private networks. */
class GuardedWebIT {
  private static final SsrfVectors VECTORS = SsrfVectors.read();
  private static final String HOST = "agent.example";
  private static final String PASSWORD = "for this run alone";
  private static final byte[] SECRET = new byte[Ed25519.SECRET_KEY_SIZE];
  private static final AtomicInteger served = new AtomicInteger();
  private static final Map<String, String> files = new ConcurrentHashMap<>();
  private static final Map<String, String> redirects = new ConcurrentHashMap<>();

  @SuppressWarnings("NullAway.Init")
  private static SSLContext tls;

  @SuppressWarnings("NullAway.Init")
  private static HttpsServer server;

  @TempDir static Path folder;

  @BeforeAll
  static void serve() throws Exception {
    tls = certificate();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext("/", GuardedWebIT::answer);
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @BeforeEach
  void forget() {
    served.set(0);
  }

  private static String place() {
    return HOST + "%3A" + server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    served.incrementAndGet();
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      if (redirects.containsKey(path)) {
        exchange.getResponseHeaders().set("Location", redirects.get(path));
        exchange.sendResponseHeaders(302, -1);
      } else if (files.containsKey(path)) {
        byte[] body = files.get(path).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static List<DidMethod> methods(GuardedFetcher fetcher) {
    GuardedDocumentFetcher web = new GuardedDocumentFetcher(fetcher);
    return List.of(new WebDidMethod(web), new WebvhDidMethod(web, InstantSource.system()));
  }

  private static String did(DidMethod method, String place) {
    return method.name().equals("web")
        ? "did:web:" + place
        : "did:webvh:QmNMZ4jKDq5wjRkNVnHRnkcTs1VGMpwrgPZ1AhcWAYfBK8:" + place;
  }

  private static void assertRefused(DidResolution resolution) {
    assertThat(resolution)
        .isInstanceOfSatisfying(
            DidResolution.Refused.class,
            refused ->
                assertThat(refused.error())
                    .as(refused.detail())
                    .isIn(ErrorType.INVALID_DID, ErrorType.NOT_FOUND));
  }

  @Test
  void noPlaceOfADidLeadsInside() throws Exception {
    try (GuardedFetcher fetcher = new GuardedFetcher(FetchPolicy.STRICT)) {
      for (DidMethod method : methods(fetcher)) {
        assertRefused(
            method.resolve(new Did(did(method, "localhost%3A" + server.getAddress().getPort()))));
        for (String place : VECTORS.places()) {
          try {
            assertRefused(method.resolve(new Did(did(method, place))));
          } catch (IllegalArgumentException noDid) {
            assertThat(noDid).hasMessageContaining("not a DID");
          }
        }
      }
    }
    assertThat(served).hasValue(0);
  }

  @Test
  void noNameServiceLeadsInside() throws Exception {
    for (SsrfVectors.Name vector : VECTORS.names()) {
      InetAddress[] found = new InetAddress[vector.addresses().size()];
      for (int i = 0; i < found.length; i++) {
        found[i] = InetAddress.getAllByName(vector.addresses().get(i))[0];
      }
      try (GuardedFetcher fetcher = TestNames.finding(tls, found)) {
        for (DidMethod method : methods(fetcher)) {
          assertRefused(method.resolve(new Did(did(method, vector.host()))));
        }
      }
    }
    assertThat(served).hasValue(0);
  }

  @Test
  void noRedirectLeadsInside() throws Exception {
    try (GuardedFetcher fetcher = TestNames.onThisMachine(tls)) {
      for (DidMethod method : methods(fetcher)) {
        int number = 0;
        for (SsrfVectors.Redirect vector : VECTORS.redirects()) {
          if (vector.location().contains("127.0.0.1") || vector.location().contains("localhost")) {
            // This machine is what stands for the public internet here.
            continue;
          }
          String folder = method.name() + ++number;
          redirects.put("/" + folder + "/did.json", vector.location());
          redirects.put("/" + folder + "/did.jsonl", vector.location());
          served.set(0);
          assertRefused(method.resolve(new Did(did(method, place() + ":" + folder))));
          assertThat(served).as(vector.toString()).hasValue(1);
        }
        assertThat(number).isGreaterThan(5);
      }
    }
  }

  @Test
  void aPublicHostIsRead() throws Exception {
    byte[] bytes = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(SECRET, 0, bytes, 0);
    PublicKeyMultibase key = PublicKeyMultibase.of(PublicKeyType.ED25519, bytes);
    String web = "did:web:" + place();
    files.put(
        "/.well-known/did.json", PublishedDocument.of(web, key, List.of(), List.of()).toString());
    WebvhController.Published log =
        new WebvhController(signer(key), InstantSource.system())
            .create(place(), did -> PublishedDocument.of(did, key, List.of(), List.of()));
    files.put("/.well-known/did.jsonl", log.text());
    try (GuardedFetcher fetcher = TestNames.onThisMachine(tls)) {
      for (DidMethod method : methods(fetcher)) {
        Did did = method.name().equals("web") ? new Did(web) : log.did();
        assertThat(method.resolve(did))
            .isInstanceOfSatisfying(
                DidResolution.Resolved.class,
                resolved -> assertThat(resolved.document().id()).isEqualTo(did));
      }
    }
    assertThat(served).hasValue(2);
  }

  private static LogSigner signer(PublicKeyMultibase key) {
    return new LogSigner() {
      @Override
      public PublicKeyMultibase key() {
        return key;
      }

      @Override
      public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(SECRET, 0, message, 0, message.length, signature, 0);
        return signature;
      }
    };
  }

  private static SSLContext certificate() throws Exception {
    Path store = folder.resolve("test.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + HOST,
                "-ext",
                "SAN=dns:" + HOST,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }
}
