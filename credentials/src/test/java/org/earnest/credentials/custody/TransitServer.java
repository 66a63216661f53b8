package org.earnest.credentials.custody;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.earnest.credentials.key.Base58Btc;
import org.earnest.credentials.key.KeyType;
import org.earnest.credentials.key.LocalSigner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Vault's transit engine on 127.0.0.1, as its documentation has it: it really signs. */
final class TransitServer implements AutoCloseable {
  /** How it misbehaves. */
  enum Fault {
    NONE,
    /** Answers 503. */
    SEALED,
    /** Answers 404, as Vault does where no engine is mounted. */
    MOVED,
    /** Answers 404, as a web server does. */
    NO_SUCH_PAGE,
    /** Never answers. */
    SILENT,
    /** Signs with another key. */
    OTHER_KEY,
    /** Answers no JSON. */
    GARBAGE,
    /** Answers more than anybody wants. */
    ENDLESS,
    /** Answers a signature in another form. */
    OTHER_FORM
  }

  static final String TOKEN = "hvs.a-token";
  private static final String MOUNT = "/v1/transit";
  private static final int PREFIX = 2;
  private static final JsonMapper JSON = JsonMapper.shared();

  private record Key(LocalSigner signer, boolean deletable) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, Key> keys = new ConcurrentHashMap<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Fault fault = Fault.NONE;

  TransitServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(MOUNT, this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + MOUNT);
  }

  /** So many of the next requests fail so. */
  void failNext(Fault how, int times) {
    requests.set(0);
    fault = how;
    failures.set(times);
  }

  /** How many came since {@link #failNext}. */
  int requests() {
    return requests.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      byte[] body = exchange.getRequestBody().readAllBytes();
      Fault now = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? fault : Fault.NONE;
      String[] path =
          exchange.getRequestURI().getPath().substring(MOUNT.length() + 1).split("/", -1);
      if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
        answer(exchange, 403, "{\"errors\":[\"permission denied\"]}");
      } else if (!misbehaves(exchange, now)) {
        route(exchange, exchange.getRequestMethod() + " " + path[0], path, body, now);
      }
    }
  }

  private boolean misbehaves(HttpExchange exchange, Fault now) throws IOException {
    switch (now) {
      case NONE, OTHER_KEY, OTHER_FORM -> {
        return false;
      }
      case SEALED -> answer(exchange, 503, "{\"errors\":[\"Vault is sealed\"]}");
      case MOVED ->
          answer(
              exchange,
              404,
              "{\"errors\":[\"no handler for route \\\"transit/keys/made\\\". route entry not found.\"]}");
      case NO_SUCH_PAGE -> answer(exchange, 404, "<html>");
      case GARBAGE -> answer(exchange, 200, "<html>");
      case ENDLESS -> answer(exchange, 200, " ".repeat(1 << 20));
      case SILENT -> {
        try {
          closed.await();
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
        }
      }
    }
    return true;
  }

  private void route(HttpExchange exchange, String what, String[] path, byte[] body, Fault now)
      throws IOException {
    String name = path[1];
    Key key = keys.get(name);
    if (what.equals("POST keys") && path.length == 2) {
      keys.putIfAbsent(name, made(JSON.readTree(body)));
      answer(exchange, 204, "");
    } else if (key == null) {
      answer(exchange, 404, "{\"errors\":[]}");
    } else if (what.equals("GET keys")) {
      answer(exchange, 200, described(key).toString());
    } else if (what.equals("POST keys") && path[2].equals("config")) {
      boolean deletable = JSON.readTree(body).path("deletion_allowed").asBoolean(false);
      keys.put(name, new Key(key.signer(), deletable));
      answer(exchange, 204, "");
    } else if (what.equals("DELETE keys") && key.deletable()) {
      keys.remove(name);
      answer(exchange, 204, "");
    } else if (what.equals("POST sign")) {
      answer(exchange, 200, signed(key.signer(), JSON.readTree(body), now));
    } else {
      answer(exchange, 400, "{\"errors\":[\"not possible\"]}");
    }
  }

  private static Key made(JsonNode asked) {
    return new Key(
        LocalSigner.randomDidKey(TransitKeys.type(asked.path("type").stringValue()).orElseThrow()),
        false);
  }

  private static ObjectNode described(Key key) throws IOException {
    KeyType type = key.signer().type();
    byte[] prefixed =
        Base58Btc.decode(key.signer().publicKeyMultibase(), PREFIX + type.publicBytes())
            .orElseThrow();
    byte[] bytes = Arrays.copyOfRange(prefixed, PREFIX, prefixed.length);
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode data = answer.putObject("data");
    data.put("type", name(type));
    data.putObject("keys")
        .putObject("1")
        .put(
            "public_key",
            type == KeyType.ED25519 ? Base64.getEncoder().encodeToString(bytes) : pem(type, bytes));
    return answer;
  }

  private static String name(KeyType type) {
    return switch (type) {
      case ED25519 -> "ed25519";
      case P256 -> "ecdsa-p256";
      case P384 -> "ecdsa-p384";
    };
  }

  private static String pem(KeyType type, byte[] point) throws IOException {
    AlgorithmIdentifier curve =
        new AlgorithmIdentifier(
            X9ObjectIdentifiers.id_ecPublicKey,
            type == KeyType.P256 ? SECObjectIdentifiers.secp256r1 : SECObjectIdentifiers.secp384r1);
    byte[] info = new SubjectPublicKeyInfo(curve, point).getEncoded();
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(info);
    return "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n";
  }

  private static String signed(LocalSigner own, JsonNode asked, Fault now) {
    LocalSigner signer = now == Fault.OTHER_KEY ? LocalSigner.randomDidKey(own.type()) : own;
    byte[] message = Base64.getDecoder().decode(asked.path("input").stringValue());
    String hash = own.type() == KeyType.P384 ? "sha2-384" : "sha2-256";
    boolean whole =
        asked.path("marshaling_algorithm").asString("").equals("jws")
            && asked.path("hash_algorithm").asString("").equals(hash)
            && asked.path("key_version").asInt(0) == 1;
    String text =
        whole ? Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign(message)) : "";
    ObjectNode answer = JSON.createObjectNode();
    answer
        .putObject("data")
        .put("signature", (now == Fault.OTHER_FORM ? "vault:v2:" : "vault:v1:") + text);
    return answer.toString();
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
