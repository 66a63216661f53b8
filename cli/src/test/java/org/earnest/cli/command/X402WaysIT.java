package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.bindings.eip712.Permit2Payment;
import org.earnest.bindings.eip712.Permit2Transfer;
import org.earnest.cli.host.FacilitatorHost;
import org.earnest.cli.host.FacilitatorPlan;
import org.earnest.cli.host.FacilitatorWelcome;
import org.earnest.cli.host.HostKey;
import org.earnest.cli.house.ProjectFolder;
import org.earnest.cli.indexer.Erc8004OnAnvil;
import org.earnest.cli.x402.EscrowSales;
import org.earnest.cli.x402.MeteredSales;
import org.earnest.cli.x402.Shop;
import org.earnest.cli.x402.ShopPlan;
import org.earnest.cli.x402.ShopWays;
import org.earnest.cli.x402.ShopWelcome;
import org.earnest.cli.x402.SoldToken;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.Finality;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.earnest.payments.server.Settling;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Calls that are paid by what they came to, or into escrow, from the command line alone. */
class X402WaysIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PRICE = 1_000;
  private static final Lifecycle RUN = new Lifecycle();

  private static final LocalSigner BUYER = signer("buyer");
  private static final LocalSigner SELLER = signer("seller");
  private static final LocalSigner ARBITER = signer("arbiter");

  private static Path folder;
  private static Erc8004OnAnvil chain;
  private static HttpServer behind;
  private static String database;
  private static SoldToken token;
  private static FacilitatorHost facilitator;
  private static EvmAddress hasty;
  private static EvmAddress patient;
  private static int shops;

  @BeforeAll
  static void open(@TempDir Path files) throws Exception {
    folder = files;
    chain = RUN.start(() -> Erc8004OnAnvil.start(0));
    Caip19AssetId usdc =
        new Caip19AssetId(chain.reader().chainId(), chain.deploy(CreationCode.testUsdc()));
    token = new SoldToken(usdc, "USDC", "USD Coin", "2", 6);
    chain.send(0, new TokenCalls(usdc.token()).mint(BUYER.address(), BigInteger.valueOf(100_000)));
    for (LocalSigner account : List.of(BUYER, SELLER, ARBITER, signer("relayer"))) {
      chain.rpc().require("anvil_setBalance", account.address().hex(), "0xde0b6b3a7640000");
    }
    install();
    StateDirectory state = RUN.start(() -> StateDirectory.open(files.resolve("postgres")));
    database = url(RUN.start(() -> EmbeddedPostgres.start(state, postgres())).settings());
    hasty = operator("1s");
    patient = operator("1h");
    facilitator = FacilitatorHost.start(RUN, plan());
    behind = behind();
  }

  @AfterAll
  static void close() {
    RUN.close();
    behind.stop(0);
  }

  private static void install() throws Exception {
    String escrow = "0".repeat(24) + PaymentInfo.ESCROW.hex().substring(2);
    place(PaymentInfo.ESCROW, "AuthCaptureEscrowDouble", "");
    place(PaymentInfo.COLLECTOR, "EIP3009CollectorDouble", escrow);
    place(PaymentInfo.REFUND_COLLECTOR, "OperatorRefundCollectorDouble", escrow);
    place(Permit2Transfer.PERMIT2, "Permit2Double", "");
    place(Permit2Payment.UPTO_PROXY, "UptoProxyDouble", "");
  }

  private static void place(EvmAddress at, String name, String arguments) throws Exception {
    String code =
        "0x"
            + Files.readString(ProjectFolder.path().resolve("contracts/test/x402/" + name + ".bin"))
                .strip()
            + arguments;
    chain
        .rpc()
        .require(
            "anvil_setCode",
            at.hex(),
            chain.reader().code(chain.deploy(code), BlockTag.Named.LATEST));
  }

  private static EvmAddress operator(String window) throws Exception {
    String[] deploy = {
      "x402",
      "escrow",
      "deploy",
      "--arbiter",
      ARBITER.address().hex(),
      "--window",
      window,
      "--ruling",
      "60s",
      "--rpc-url",
      chain.url().toString(),
      "--key",
      key("relayer"),
      "--database-url",
      database,
      "--json"
    };
    CommandRun first = CommandRun.of(deploy);
    assertThat(first.exit()).as(first.all()).isZero();
    assertThat(first.json().path("deployed").booleanValue()).isTrue();
    CommandRun again = CommandRun.of(deploy);
    assertThat(again.json().path("deployed").booleanValue()).as(again.all()).isFalse();
    assertThat(again.json().path("operator")).isEqualTo(first.json().path("operator"));
    return ChecksumAddress.parse(first.json().path("operator").asString());
  }

  private static FacilitatorPlan plan() {
    return new FacilitatorPlan(
        RUN.start(() -> StateDirectory.open(folder.resolve("facilitator"))),
        postgres(),
        Optional.of(database),
        List.of(chain.url()),
        List.of(new HostKey(signer("relayer"), Optional.empty())),
        List.of(token.asset().toString()),
        Set.of(),
        Set.of(),
        Optional.empty(),
        Set.of(hasty, patient),
        new Finality.Depth(1),
        0,
        Set.of(),
        line -> {});
  }

  /** Says what it costs, and by what it was asked for that. */
  private static HttpServer behind() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
          for (String cost : query.split("&")) {
            exchange.getResponseHeaders().add("X402-Charge", cost);
          }
          byte[] said = ("answer " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, said.length);
          try (exchange) {
            exchange.getResponseBody().write(said);
          }
        });
    server.start();
    return server;
  }

  private static ShopPlan shop(Lifecycle run, String folderName, ShopWays ways) {
    return new ShopPlan(
        URI.create("http://127.0.0.1:" + behind.getAddress().getPort()),
        facilitator.uri(),
        "0.001",
        token,
        SELLER.address(),
        Settling.DEFAULT,
        ways,
        List.of(),
        Optional.empty(),
        0,
        run.start(() -> StateDirectory.open(folder.resolve(folderName))),
        Optional.of(database),
        postgres());
  }

  private static ShopWays escrow(EvmAddress operator, LocalSigner receiver) {
    return new ShopWays(
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.of(new EscrowSales(operator, receiver, List.of(chain.url()), Optional.empty())));
  }

  @Test
  void whatAnAnswerSaysThatItCostIsCharged() throws Exception {
    try (Lifecycle run = new Lifecycle()) {
      ShopWays upto =
          new ShopWays(
              false,
              Optional.of(new MeteredSales("X402-Charge")),
              Optional.empty(),
              Optional.empty());
      Shop shop = Shop.open(run, shop(run, "shop" + shops++, upto));
      long before = money(BUYER);

      JsonNode unapproved = pay(shop.uri() + "/ask?1", 1);
      assertThat(unapproved.path("reason").asString()).isEqualTo("permit2_allowance_required");
      JsonNode cheap = pay(shop.uri() + "/ask?0.0004001", 0, "--rpc-url", chain.url().toString());
      assertThat(cheap.path("body").asString()).isEqualTo("answer /ask?0.0004001");
      assertThat(before - money(BUYER)).isEqualTo(400);
      pay(shop.uri() + "/ask?0", 0, "--rpc-url", chain.url().toString());
      assertThat(before - money(BUYER)).isEqualTo(400);
      for (String wrong : List.of("0.0011", "-1", "1e-9", "0.0001&0.0002")) {
        JsonNode refused =
            pay(shop.uri() + "/ask?" + wrong, 1, "--rpc-url", chain.url().toString());
        assertThat(refused.path("code").asString()).as(wrong).isEqualTo("payment_not_taken");
      }
      assertThat(before - money(BUYER)).isEqualTo(400);
      JsonNode checked = run("x402", "check", shop.uri() + "/ask?0", "--json").json();
      assertThat(checked.path("ok").booleanValue()).as(checked.toString()).isTrue();
      assertThat(checked.toString()).contains("at most 1000 atomic units");
    }
  }

  @Test
  void aShopThatWasAwayCapturesWhatFellDueWhenItIsBack() throws Exception {
    long before = money(SELLER);
    String place = "shop" + shops++;
    try (Lifecycle run = new Lifecycle()) {
      Shop shop = Shop.open(run, shop(run, place, escrow(hasty, SELLER)));
      assertThat(String.join("\n", new ShopWelcome(shop).lines()))
          .contains("--operator " + ChecksumAddress.of(hasty));
      assertThat(pay(shop.uri() + "/a", 1).path("code").asString())
          .isEqualTo("operator_not_allowed");
      JsonNode bought = pay(shop.uri() + "/a", 0, "--operator", hasty.hex());
      assertThat(bought.path("body").asString()).isEqualTo("answer /a");
      JsonNode shown = show(bought);
      assertThat(shown.path("heldAtomicUnits").asString()).isEqualTo("1000");
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              chain.mine(1);
              return list(hasty).get(0).path("state").asString().equals("capturable");
            });
    try (Lifecycle run = new Lifecycle()) {
      Shop.open(run, shop(run, place, escrow(hasty, SELLER)));
      Awaitility.await().atMost(PATIENCE).until(() -> money(SELLER) - before == PRICE);
    }
    assertThat(list(hasty).get(0).path("state").asString()).isEqualTo("captured");
    assertThat(money(SELLER) - before).isEqualTo(PRICE);
  }

  @Test
  void aCallIsDisputedDividedReleasedAndRefunded() throws Exception {
    try (Lifecycle run = new Lifecycle()) {
      Shop shop = Shop.open(run, shop(run, "shop" + shops++, escrow(patient, SELLER)));
      long before = money(BUYER);
      JsonNode first = pay(shop.uri() + "/first", 0, "--operator", patient.hex());
      JsonNode second = pay(shop.uri() + "/second", 0, "--operator", patient.hex());
      assertThat(list(patient)).hasSize(2);

      assertThat(step("freeze", "seller", first, 1).path("code").asString())
          .isEqualTo("key_not_partys");
      assertThat(step("rule", "arbiter", first, 1, "--to-seller", "0").path("code").asString())
          .isEqualTo("not_possible_now");
      JsonNode frozen = step("freeze", "buyer", first, 0, "--gas-key", key("relayer"));
      assertThat(frozen.path("state").asString()).isEqualTo("frozen");
      assertThat(step("rule", "arbiter", first, 1, "--to-seller", "1").path("code").asString())
          .isEqualTo("amount_invalid");
      JsonNode ruled = step("rule", "arbiter", first, 0, "--to-seller", "0.0003");
      assertThat(ruled.path("capturedAtomicUnits").asString()).isEqualTo("300");
      assertThat(before - money(BUYER)).isEqualTo(PRICE + 300);

      JsonNode released = step("release", "buyer", second, 0);
      assertThat(released.path("state").asString()).isEqualTo("captured");
      JsonNode refunded = step("refund", "seller", second, 0, "--amount", "0.0006");
      assertThat(refunded.path("capturedAtomicUnits").asString()).isEqualTo("400");
      assertThat(before - money(BUYER)).isEqualTo(300 + 400);

      JsonNode third = pay(shop.uri() + "/third", 0, "--operator", patient.hex());
      assertThat(step("refund", "seller", third, 0).path("state").asString()).isEqualTo("returned");
      assertThat(step("reclaim", "buyer", third, 1).path("code").asString())
          .isEqualTo("not_possible_now");
      assertThat(before - money(BUYER)).isEqualTo(300 + 400);
    }
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeAnythingIsSold() throws Exception {
    assertThat(new FacilitatorWelcome(facilitator).figures().get("operators").toString())
        .contains(ChecksumAddress.of(hasty), ChecksumAddress.of(patient));
    refused(escrow(hasty, BUYER), "key_not_payees");
    refused(escrow(signer("nobody").address(), SELLER), "facilitator_unsuitable");
    refused(
        new ShopWays(
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new EscrowSales(
                    patient, SELLER, List.of(chain.url()), Optional.of(Duration.ofHours(1))))),
        "capture_within_invalid");
    CommandRun unknown =
        run(
            "x402",
            "escrow",
            "show",
            "0x" + "11".repeat(32),
            "--rpc-url",
            chain.url().toString(),
            "--json");
    assertThat(unknown.code()).as(unknown.all()).isEqualTo("payment_unknown");
  }

  private static void refused(ShopWays ways, String code) {
    try (Lifecycle run = new Lifecycle()) {
      ShopPlan plan = shop(run, "refused" + shops++, ways);
      assertThatThrownBy(() -> Shop.open(run, plan))
          .isInstanceOfSatisfying(
              StartupException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
  }

  private static CommandRun run(String... words) {
    return CommandRun.of(words);
  }

  private static JsonNode pay(String url, int exit, String... more) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "x402",
                "pay",
                url,
                "--key",
                key("buyer"),
                "--max-price",
                "0.001",
                "--asset",
                token.asset().toString(),
                "--journal",
                folder.resolve("journal").toString(),
                "--json"));
    words.addAll(List.of(more));
    CommandRun paid = run(words.toArray(String[]::new));
    assertThat(paid.exit()).as(paid.all()).isEqualTo(exit);
    return paid.json();
  }

  private static JsonNode show(JsonNode bought) {
    return run(
            "x402",
            "escrow",
            "show",
            bought.path("transaction").asString(),
            "--rpc-url",
            chain.url().toString(),
            "--json")
        .json();
  }

  private static JsonNode list(EvmAddress operator) {
    CommandRun listed =
        run(
            "x402",
            "escrow",
            "list",
            "--operator",
            operator.hex(),
            "--rpc-url",
            chain.url().toString(),
            "--json");
    assertThat(listed.exit()).as(listed.all()).isZero();
    return listed.json().path("payments");
  }

  private static JsonNode step(String verb, String who, JsonNode bought, int exit, String... more)
      throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "x402",
                "escrow",
                verb,
                bought.path("transaction").asString(),
                "--key",
                key(who),
                "--rpc-url",
                chain.url().toString(),
                "--database-url",
                database,
                "--json"));
    words.addAll(List.of(more));
    CommandRun taken = run(words.toArray(String[]::new));
    assertThat(taken.exit()).as(taken.all()).isEqualTo(exit);
    return taken.json();
  }

  private static long money(LocalSigner account) {
    return new TokenReads(chain.reader(), token.asset().token())
        .balance(account.address(), BlockTag.Named.LATEST)
        .longValueExact();
  }

  private static LocalSigner signer(String who) {
    return LocalSigner.of(secret(who));
  }

  private static byte[] secret(String who) {
    return Keccak256.hash(("x402 ways " + who).getBytes(StandardCharsets.UTF_8)).bytes();
  }

  private static String key(String who) throws IOException {
    Path file = folder.resolve(who + ".key");
    if (Files.notExists(file)) {
      Files.writeString(file, "0x" + HexFormat.of().formatHex(secret(who)) + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return file.toString();
  }

  private static String url(DatabaseSettings settings) {
    return settings
        .jdbcUrl()
        .substring("jdbc:".length())
        .replace("://", "://%s:%s@".formatted(settings.user(), settings.password()));
  }

  private static Path postgres() {
    return ProjectFolder.path().resolve(".earnest/postgresql");
  }
}
