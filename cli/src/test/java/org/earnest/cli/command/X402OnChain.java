package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.earnest.cli.host.HostKey;
import org.earnest.cli.house.ProjectFolder;
import org.earnest.cli.indexer.Erc8004OnAnvil;
import org.earnest.cli.x402.EscrowSales;
import org.earnest.cli.x402.ShopPlan;
import org.earnest.cli.x402.ShopWays;
import org.earnest.cli.x402.SoldToken;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.Finality;
import org.earnest.kit.postgres.DatabaseSettings;
import org.earnest.kit.postgres.EmbeddedPostgres;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.state.StateDirectory;
import org.earnest.payments.server.Settling;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A chain with Permit2 and an escrow, a facilitator, and a server that knows of no price. */
abstract class X402OnChain {
  static final Duration PATIENCE = Duration.ofMinutes(2);
  static final int PRICE = 1_000;
  static Lifecycle lifecycle;

  static final LocalSigner BUYER = signer("buyer");
  static final LocalSigner SELLER = signer("seller");
  static final LocalSigner ARBITER = signer("arbiter");

  static Path folder;
  static Erc8004OnAnvil chain;
  static HttpServer behind;
  static String database;
  static SoldToken token;
  static FacilitatorHost facilitator;
  static EvmAddress hasty;
  static EvmAddress patient;
  static int shops;

  @BeforeAll
  static void open(@TempDir Path files) throws Exception {
    folder = files;
    lifecycle = new Lifecycle();
    chain = lifecycle.start(() -> Erc8004OnAnvil.start(0));
    Caip19AssetId usdc =
        new Caip19AssetId(chain.reader().chainId(), chain.deploy(CreationCode.testUsdc()));
    token = new SoldToken(usdc, "USDC", "USD Coin", "2", 6);
    chain.send(0, new TokenCalls(usdc.token()).mint(BUYER.address(), BigInteger.valueOf(100_000)));
    for (LocalSigner account : List.of(BUYER, SELLER, ARBITER, signer("relayer"))) {
      chain.rpc().require("anvil_setBalance", account.address().hex(), "0xde0b6b3a7640000");
    }
    install();
    StateDirectory state = lifecycle.start(() -> StateDirectory.open(files.resolve("postgres")));
    database = url(lifecycle.start(() -> EmbeddedPostgres.start(state, postgres())).settings());
    hasty = operator("1s");
    patient = operator("1h");
    facilitator = FacilitatorHost.start(lifecycle, plan());
    behind = behind();
  }

  @AfterAll
  static void close() {
    lifecycle.close();
    behind.stop(0);
  }

  static void install() throws Exception {
    String escrow = "0".repeat(24) + PaymentInfo.ESCROW.hex().substring(2);
    place(PaymentInfo.ESCROW, "AuthCaptureEscrowDouble", "");
    place(PaymentInfo.COLLECTOR, "EIP3009CollectorDouble", escrow);
    place(PaymentInfo.REFUND_COLLECTOR, "OperatorRefundCollectorDouble", escrow);
    place(Permit2Transfer.PERMIT2, "Permit2Double", "");
    place(Permit2Payment.UPTO_PROXY, "UptoProxyDouble", "");
  }

  static void place(EvmAddress at, String name, String arguments) throws Exception {
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

  static EvmAddress operator(String window) throws Exception {
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

  static FacilitatorPlan plan() {
    return new FacilitatorPlan(
        lifecycle.start(() -> StateDirectory.open(folder.resolve("facilitator"))),
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
  static HttpServer behind() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
          for (String cost : query.split("&", -1)) {
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

  static ShopPlan shop(Lifecycle run, String folderName, ShopWays ways) {
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

  static ShopWays escrow(EvmAddress operator, LocalSigner receiver) {
    return new ShopWays(
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.of(new EscrowSales(operator, receiver, List.of(chain.url()), Optional.empty())));
  }

  static CommandRun run(String... words) {
    return CommandRun.of(words);
  }

  static JsonNode pay(String url, int exit, String... more) throws Exception {
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

  static JsonNode show(JsonNode bought) {
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

  static JsonNode list(EvmAddress operator) {
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

  static JsonNode step(String verb, String who, JsonNode bought, int exit, String... more)
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

  static long money(LocalSigner account) {
    return new TokenReads(chain.reader(), token.asset().token())
        .balance(account.address(), BlockTag.Named.LATEST)
        .longValueExact();
  }

  static LocalSigner signer(String who) {
    return LocalSigner.of(secret(who));
  }

  static byte[] secret(String who) {
    return Keccak256.hash(("x402 ways " + who).getBytes(StandardCharsets.UTF_8)).bytes();
  }

  static String key(String who) throws IOException {
    Path file = folder.resolve(who + ".key");
    if (Files.notExists(file)) {
      Files.writeString(file, "0x" + HexFormat.of().formatHex(secret(who)) + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return file.toString();
  }

  static String url(DatabaseSettings settings) {
    return settings
        .jdbcUrl()
        .substring("jdbc:".length())
        .replace("://", "://%s:%s@".formatted(settings.user(), settings.password()));
  }

  static Path postgres() {
    return ProjectFolder.path().resolve(".earnest/postgresql");
  }
}
