package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.ResourceInfo;
import org.earnest.payments.wire.SettleResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Buying from, and looking at, a seller that verifies nothing. */
class X402CommandTest {
  private static final Caip19AssetId TOKEN =
      Caip19AssetId.parse("eip155:84532/erc20:0x036cbd53842c5426634e7929541ec2318f3dcf7e");
  private static final EvmAddress SELLER = new EvmAddress("0x" + "12".repeat(20));
  private static final BigInteger PRICE = BigInteger.valueOf(1_000);

  private final Set<String> payments = ConcurrentHashMap.newKeySet();

  @TempDir Path folder;
  private HttpServer server;
  private URI quote;
  private Path key;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    quote = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/quote");
    server.createContext("/quote", this::sell);
    server.start();
    key = Files.writeString(folder.resolve("payer.key"), "0x" + "01".repeat(32) + "\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void itPaysOnceAndRemembersThat() {
    JsonNode paid = pay("--max-price", "0.001");
    assertThat(paid.path("ok").booleanValue()).as(paid.toString()).isTrue();
    assertThat(paid.path("body").asString()).isEqualTo("sold");
    assertThat(paid.path("amountAtomicUnits").asString()).isEqualTo("1000");

    JsonNode again = pay("--max-price", "0.001");
    assertThat(again.path("code").asString()).isEqualTo("paid_already");
    assertThat(payments).hasSize(1);
  }

  @Test
  void itPaysNoMoreThanItMay() {
    refused("price_above_cap", "--max-price", "0.000999");
    refused(
        "price_not_as_advertised",
        "--max-price",
        "1",
        "--asset",
        TOKEN.toString(),
        "--price",
        "0.0005");
    refused("payee_not_allowed", "--max-price", "1", "--to", "0x" + "34".repeat(20));
    refused(
        "network_not_allowed", "--max-price", "1", "--asset", "eip155:1/erc20:" + TOKEN.token());
    refused("host_cap_reached", "--max-price", "1", "--per-day", "0.0001");
    refused("offer_not_signed", "--max-price", "1", "--signed-by", "origin");
    refused("did_invalid", "--max-price", "1", "--signed-by", "seller.example");
    refused("amount_invalid", "--max-price", "0.0000001");
    refused("amount_invalid", "--max-price", "-1");
    refused("asset_invalid", "--max-price", "1", "--asset", "USDC");
  }

  @Test
  void aKeystorePaysToo() throws IOException {
    Path passphrase = Files.writeString(folder.resolve("passphrase"), "correct horse battery");
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
    key = folder.resolve("payer.json");
    JsonNode made =
        run("key", "new", key.toString(), "--passphrase-file", passphrase.toString(), "--json");
    assertThat(made.path("ok").booleanValue()).as(made.toString()).isTrue();

    JsonNode paid = pay("--max-price", "0.001", "--passphrase-file", passphrase.toString());
    assertThat(paid.path("ok").booleanValue()).as(paid.toString()).isTrue();

    Files.writeString(passphrase, "wrong");
    JsonNode wrong = pay("--max-price", "1", "--passphrase-file", passphrase.toString());
    assertThat(wrong.path("code").asString()).isEqualTo("keystore_passphrase");
  }

  @Test
  void aShopThatCannotBeOpenedSaysWhy() {
    assertThat(serve("--price", "0.001", "--pay-to", "0x12").path("code").asString())
        .isEqualTo("payee_invalid");
    assertThat(
            serve("--price", "0.001", "--pay-to", SELLER.hex(), "--network", "mars")
                .path("code")
                .asString())
        .isEqualTo("network_invalid");
    assertThat(
            serve("--price", "0.001", "--pay-to", SELLER.hex(), "--network", "eip155:5")
                .path("code")
                .asString())
        .isEqualTo("asset_needed");
    assertThat(serve("--price", "0.0000001", "--pay-to", SELLER.hex()).path("code").asString())
        .isEqualTo("amount_invalid");
    assertThat(serve("--price", "0.001", "--pay-to", SELLER.hex()).path("code").asString())
        .isEqualTo("facilitator_unreachable");
    assertThat(serveBy("barter").path("code").asString()).isEqualTo("scheme_invalid");
    assertThat(serveBy("batch-settlement", "--upfront").path("code").asString())
        .isEqualTo("scheme_invalid");
    for (String option : List.of("--charge-header", "--operator", "--capture-key")) {
      assertThat(serveBy("batch-settlement", option, "x").path("code").asString())
          .as(option)
          .isEqualTo("scheme_needed");
    }
    assertThat(serveBy("exact", "--authorizer", key.toString()).path("code").asString())
        .isEqualTo("scheme_needed");
    assertThat(serveBy("exact", "--least", "0.0001").path("code").asString())
        .isEqualTo("scheme_needed");
    assertThat(serveBy("upto", "--least", "0.0011").path("code").asString())
        .isEqualTo("price_below_least");
    assertThat(serveBy("upto", "--least", "some").path("code").asString())
        .isEqualTo("amount_invalid");
    assertThat(serveBy("upto", "--least", "0.001").path("code").asString())
        .isEqualTo("facilitator_unreachable");
    assertThat(serveBy("batch-settlement").path("code").asString()).isEqualTo("authorizer_needed");
    assertThat(serveBy("batch-settlement", "--authorizer", key.toString()).path("code").asString())
        .isEqualTo("facilitator_unreachable");
  }

  private JsonNode serveBy(String scheme, String... options) {
    List<String> all =
        new ArrayList<>(List.of("--price", "0.001", "--pay-to", SELLER.hex(), "--scheme", scheme));
    all.addAll(List.of(options));
    return serve(all.toArray(String[]::new));
  }

  private JsonNode serve(String... options) {
    List<String> args = new ArrayList<>(List.of("x402", "serve", "--json", "--port", "0"));
    args.addAll(List.of("--forward", quote.toString(), "--facilitator", "http://127.0.0.1:1"));
    args.addAll(List.of("--state", folder.resolve("shop").toString()));
    args.addAll(List.of(options));
    return run(args.toArray(String[]::new));
  }

  @Test
  void aChannelIsClosedInOneOfTwoWays() {
    String journal = folder.resolve("payments.journal").toString();
    String payer = key.toString();
    JsonNode listed = run("x402", "channels", "list", "--journal", journal, "--json");
    assertThat(listed.path("ok").booleanValue()).isTrue();
    assertThat(listed.path("channels").isEmpty()).isTrue();
    assertThat(
            run("x402", "channels", "close", "--key", payer, "--journal", journal, "--json")
                .path("code")
                .asString())
        .isEqualTo("way_needed");
    assertThat(
            run(
                    "x402",
                    "channels",
                    "close",
                    "--url",
                    quote.toString(),
                    "--key",
                    payer,
                    "--journal",
                    journal,
                    "--json")
                .path("error")
                .asString())
        .contains("no_channel_offer");
    assertThat(payments).isEmpty();
  }

  @Test
  void aKeyThatOthersCanReadIsNotUsed() throws IOException {
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    refused("key_readable_by_others", "--max-price", "1");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(key, "secret");
    assertThat(refused("key_invalid", "--max-price", "1").toString()).doesNotContain("secret");
    Files.delete(key);
    refused("key_missing", "--max-price", "1");
  }

  @Test
  void theCheckNamesWhatIsWrongAndSpendsNothing() {
    JsonNode found = run("x402", "check", quote.toString(), "--json");

    assertThat(found.path("ok").booleanValue()).isFalse();
    assertThat(found.path("checks"))
        .anySatisfy(
            check -> {
              assertThat(check.path("check").asString()).isEqualTo("forged");
              assertThat(check.path("verdict").asString()).isEqualTo("fail");
              assertThat(check.path("fix").asString()).isNotEmpty();
            });
  }

  @Test
  void whatIsNoAddressOrDoesNotAnswerIsNamed() {
    assertThat(run("x402", "check", "seller.example", "--json").path("code").asString())
        .isEqualTo("url_invalid");
    server.stop(0);
    assertThat(run("x402", "check", quote.toString(), "--json").path("code").asString())
        .isEqualTo("seller_unreachable");
  }

  private JsonNode refused(String code, String... options) {
    JsonNode figures = pay(options);
    assertThat(figures.path("code").asString()).as(figures.toString()).isEqualTo(code);
    assertThat(figures.path("ok").booleanValue()).isFalse();
    assertThat(payments).isEmpty();
    return figures;
  }

  private JsonNode pay(String... options) {
    List<String> args =
        new ArrayList<>(
            List.of("x402", "pay", quote.toString(), "--json", "--key", key.toString()));
    args.addAll(List.of("--journal", folder.resolve("journal").toString()));
    args.addAll(List.of(options));
    return run(args.toArray(String[]::new));
  }

  private static JsonNode run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exit =
        EarnestCommand.run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    JsonNode figures = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
    assertThat(exit).isEqualTo(figures.path("ok").booleanValue() ? ExitCode.OK : ExitCode.NOT_OK);
    return figures;
  }

  private void sell(HttpExchange exchange) throws IOException {
    List<String> paid =
        exchange.getRequestHeaders().getOrDefault(PaymentHeaders.PAYMENT_SIGNATURE, List.of());
    payments.addAll(paid);
    if (paid.isEmpty()) {
      exchange
          .getResponseHeaders()
          .add(PaymentHeaders.PAYMENT_REQUIRED, PaymentHeaders.encode(required()));
      exchange.sendResponseHeaders(402, -1);
    } else {
      SettleResponse settled = SettleResponse.settled("0x1", "0x2", TOKEN.chain().toString());
      exchange
          .getResponseHeaders()
          .add(PaymentHeaders.PAYMENT_RESPONSE, PaymentHeaders.encode(settled));
      exchange.sendResponseHeaders(200, "sold".length());
      exchange.getResponseBody().write("sold".getBytes(StandardCharsets.UTF_8));
    }
    exchange.close();
  }

  private PaymentRequired required() {
    return PaymentRequired.of(
        "Payment required",
        ResourceInfo.of(quote.toString(), "a quote", "text/plain"),
        List.of(
            new ExactRequirements(
                    new TokenAmount(TOKEN, PRICE), SELLER, Duration.ofMinutes(1), "USDC", "2")
                .toWire()));
  }
}
