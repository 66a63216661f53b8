package org.earnest.testkit.signer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hex;

/**
 * web3signer's {@code eth1} API on 127.0.0.1 for one key, which really signs, and misbehaves as
 * told.
 */
public final class Web3SignerStub implements AutoCloseable {
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int BROKEN = 500;
  private static final int ENDLESS_BYTES = 32 << 20;
  private static final int V = 64;
  private static final int V_OFFSET = 27;
  private static final int WORD = 32;
  private static final String SIGN = "/api/v1/eth1/sign/";
  private static final Pattern DATA = Pattern.compile("\\{\"data\":\"(0x[0-9a-f]*)\"}");
  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final EvmSigner key;
  private final EvmSigner stranger;
  private final String identifier;
  private final AtomicInteger signed = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile SignerFault fault = SignerFault.DROPPED;
  private volatile SignatureForm form = SignatureForm.ETHEREUM;

  /**
   * Serves a key.
   *
   * @param publicKey its public half, {@code x || y}
   * @param stranger signs for {@link SignerFault#OTHER_KEY}
   */
  public Web3SignerStub(EvmSigner key, byte[] publicKey, EvmSigner stranger) {
    this.key = key;
    this.stranger = stranger;
    this.identifier = Hex.encode(publicKey);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(SIGN, this::sign);
    server.createContext("/api/v1/eth1/publicKeys", this::list);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Every request to sign fails so, until {@link #recover}. */
  public void fail(SignerFault how) {
    failNext(how, Integer.MAX_VALUE);
  }

  /** So many requests to sign fail so. */
  public void failNext(SignerFault how, int times) {
    fault = how;
    failures.set(times);
  }

  public void recover() {
    failures.set(0);
  }

  public void write(SignatureForm how) {
    form = how;
  }

  /** How many requests to sign have come. */
  public int asked() {
    return signed.get();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }

  private void list(HttpExchange exchange) throws IOException {
    try (exchange) {
      String other = "0x" + "11".repeat(2 * WORD);
      answer(exchange, OK, "[\"" + other + "\",\"" + identifier + "\"]");
    }
  }

  private void sign(HttpExchange exchange) throws IOException {
    try (exchange) {
      signed.incrementAndGet();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Matcher data = DATA.matcher(body);
      if (!data.matches() || !exchange.getRequestMethod().equals("POST")) {
        answer(exchange, BAD_REQUEST, "");
      } else if (!exchange.getRequestURI().getPath().equals(SIGN + identifier)) {
        answer(exchange, NOT_FOUND, "");
      } else if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        misbehave(exchange, fault, Hex.decode(data.group(1)));
      } else {
        answer(exchange, OK, Hex.encode(written(key.sign(Hex.decode(data.group(1))))));
      }
    }
  }

  private void misbehave(HttpExchange exchange, SignerFault how, byte[] message)
      throws IOException {
    switch (how) {
      case DROPPED -> exchange.close();
      case SILENT -> waitForClose();
      case UNKNOWN_KEY -> answer(exchange, NOT_FOUND, "Resource not found");
      case BROKEN -> answer(exchange, BROKEN, "Internal Server Error");
      case GARBAGE -> answer(exchange, OK, "<html>welcome</html>");
      case CUT_SHORT -> answer(exchange, OK, Hex.encode(Arrays.copyOf(key.sign(message), V)));
      case ENDLESS -> answer(exchange, OK, "0x" + "0".repeat(ENDLESS_BYTES));
      case OTHER_KEY -> answer(exchange, OK, Hex.encode(stranger.sign(message)));
      case OTHER_DATA -> answer(exchange, OK, Hex.encode(key.sign(new byte[] {1})));
    }
  }

  private byte[] written(byte[] signature) {
    return switch (form) {
      case ETHEREUM -> signature;
      case BARE_RECOVERY_ID -> {
        signature[V] = (byte) (signature[V] - V_OFFSET);
        yield signature;
      }
      case HIGH_S -> {
        byte[] s =
            ORDER.subtract(new BigInteger(1, Arrays.copyOfRange(signature, WORD, V))).toByteArray();
        System.arraycopy(s, s.length - WORD, signature, WORD, WORD);
        signature[V] = (byte) (2 * V_OFFSET + 1 - signature[V]);
        yield signature;
      }
    };
  }

  private void waitForClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
