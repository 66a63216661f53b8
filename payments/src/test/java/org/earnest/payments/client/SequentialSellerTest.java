package org.earnest.payments.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.testing.Channels;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.wire.ChannelPayload;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.ResourceInfo;
import org.earnest.payments.wire.SettleResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Calls at once, at a seller that takes one voucher after the other. */
class SequentialSellerTest {
  private static final long PRICE = 1_000;
  private static final long WAIT_MINUTES = 2;

  private final LocalSigner buyer = LocalSigner.random();
  private final ChannelTerms terms =
      Channels.terms(TokenAmount.of(Payments.USDC, PRICE), LocalSigner.random().address());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Long> sold = new CopyOnWriteArrayList<>();
  private final CountDownLatch refused = new CountDownLatch(1);
  private HttpServer server;
  private URI address;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/quote");
    server.createContext("/", this::serve);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.close();
  }

  @Test
  void oneThatIsRefusedWhileAnotherIsInFlightFollowsIt() throws Exception {
    PaymentJournal journal = PaymentJournal.inMemory();
    SpendingPolicy policy =
        SpendingPolicy.upTo(TokenAmount.of(Payments.USDC, PRICE))
            .at(address)
            .throughChannels()
            .repeatingAfter(Duration.ZERO)
            .atOnce(2);
    PayingHttpClient client =
        PayingHttpClient.wrap(
            HttpClient.newHttpClient(), buyer, policy, InstantSource.system(), journal);
    assertThat(call(client, "first")).isInstanceOf(Exchange.Paid.class);

    List<Future<Exchange<String>>> both =
        threads.invokeAll(List.of(() -> call(client, "second"), () -> call(client, "third")));

    for (Future<Exchange<String>> one : both) {
      assertThat(one.get()).isInstanceOf(Exchange.Paid.class);
    }
    assertThat(sold).containsExactly(PRICE, 2 * PRICE, 3 * PRICE);
    assertThat(journal.purses().getFirst().cursor()).isEqualTo(BigInteger.valueOf(3 * PRICE));
  }

  private Exchange<String> call(PayingHttpClient client, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private void serve(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String header = exchange.getRequestHeaders().getFirst(PaymentHeaders.PAYMENT_SIGNATURE);
    if (header == null) {
      ask(exchange, "Payment required", JsonNodeFactory.instance.objectNode());
      return;
    }
    PaymentPayload payment = PaymentHeaders.decode(header, PaymentPayload::parse);
    long max =
        ((ChannelPayload.OfClient) ChannelPayload.parse(payment.payload()))
            .voucher()
            .maxClaimableAmount()
            .longValueExact();
    if (max != (sold.size() + 1) * PRICE) {
      ask(exchange, "invalid_batch_settlement_evm_cumulative_amount_mismatch", proof(sold.size()));
      refused.countDown();
      return;
    }
    if (!body.equals("first")) {
      awaitRefusal();
    }
    sold.add(max);
    exchange
        .getResponseHeaders()
        .add(
            PaymentHeaders.PAYMENT_RESPONSE,
            PaymentHeaders.encode(SettleResponse.settled("0x1", "0x2", Payments.CHAIN.toString())));
    answer(exchange, 200);
  }

  /** The one in flight ends after the other was refused. */
  private void awaitRefusal() {
    try {
      assertThat(refused.await(WAIT_MINUTES, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private ObjectNode proof(int calls) {
    ObjectNode extra = JsonNodeFactory.instance.objectNode();
    extra
        .putObject("channelState")
        .put("balance", terms.minDeposit().toString())
        .put("chargedCumulativeAmount", String.valueOf(calls * PRICE));
    extra
        .putObject("voucherState")
        .put("signedMaxClaimable", String.valueOf(calls * PRICE))
        .put("signature", Channels.voucher(terms, buyer, calls * PRICE).signature());
    return extra;
  }

  private void ask(HttpExchange exchange, String error, ObjectNode extra) throws IOException {
    PaymentRequired required =
        new PaymentRequired(
            Optional.of(error),
            ResourceInfo.of(address.toString(), "a quote", "text/plain"),
            List.of(terms.toWire().saying(extra)),
            JsonNodeFactory.instance.objectNode(),
            JsonNodeFactory.instance.objectNode());
    exchange
        .getResponseHeaders()
        .add(PaymentHeaders.PAYMENT_REQUIRED, PaymentHeaders.encode(required));
    answer(exchange, 402);
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, -1);
    }
  }
}
