package org.earnest.cli.x402;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.earnest.bindings.call.IdentityRegistryCalls;
import org.earnest.bindings.call.ReputationRegistryCalls;
import org.earnest.bindings.call.ReputationRegistryCalls.Feedback;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.event.Decoding;
import org.earnest.bindings.event.EventDecoder;
import org.earnest.bindings.event.IdentityEvent;
import org.earnest.cli.console.Console;
import org.earnest.cli.demo.DemoHosts;
import org.earnest.cli.host.EarnestHost;
import org.earnest.cli.house.ProjectFolder;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.credentials.CredentialVerifier;
import org.earnest.credentials.VerificationOutcome;
import org.earnest.credentials.payment.PaymentContext;
import org.earnest.devnet.DevAccount;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.did.CompositeDidResolver;
import org.earnest.did.key.KeyDidMethod;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.earnest.kit.state.StateDirectory;
import org.earnest.payments.client.Exchange;
import org.earnest.payments.client.PayingHttpClient;
import org.earnest.payments.client.PaymentJournal;
import org.earnest.payments.client.ProofOfPayment;
import org.earnest.payments.client.SpendingPolicy;
import org.earnest.payments.server.Settling;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A shop before a server that knows of no price, and what its receipts are good for. */
class ShopIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Lifecycle RUN = new Lifecycle();
  private static final Queue<Headers> SEEN = new ConcurrentLinkedQueue<>();

  private static HttpServer behind;
  private static EarnestHost house;
  private static SoldToken token;
  private static Shop shop;
  private static Path folder;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void open(@TempDir Path files) throws Exception {
    folder = files;
    house = DemoHosts.start(RUN, files, () -> DemoHosts.anvil(files.resolve("chain")));
    behind = new Behind(SEEN).start();
    token = new SoldToken(house.quotePrice().asset(), "USDC", "USD Coin", "2", 6);
    StateDirectory state = RUN.start(() -> StateDirectory.open(files.resolve("shop")));
    shop = Shop.open(RUN, plan(state, "0.001", house.uri(), token));
  }

  private static ShopPlan plan(
      StateDirectory state, String price, URI facilitator, SoldToken sold) {
    return plan(state, price, facilitator, sold, ShopWays.EXACT);
  }

  private static ShopPlan plan(
      StateDirectory state, String price, URI facilitator, SoldToken sold, ShopWays ways) {
    return new ShopPlan(
        URI.create("http://127.0.0.1:" + behind.getAddress().getPort()),
        facilitator,
        price,
        sold,
        house.chain().account(Role.SELLER).address(),
        Settling.DEFAULT,
        ways,
        List.of("/health", "/docs/**"),
        Optional.empty(),
        0,
        state,
        Optional.empty(),
        ProjectFolder.path().resolve(".earnest/postgresql"));
  }

  @AfterAll
  static void close() {
    RUN.close();
    behind.stop(0);
  }

  private static DevAccount buyer() {
    return house.chain().account(Role.BUYER);
  }

  private static DevAccount seller() {
    return house.chain().account(Role.SELLER);
  }

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  @Test
  void whatWasPaidForIsForwardedOnceAndWithoutThePayment() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(shop.uri() + "/say?to=all"))
            .POST(BodyPublishers.ofString("hello"))
            .header("X-Forwarded-For", "10.0.0.1")
            .header("Accept-Encoding", "gzip")
            .header("X-Own", "kept")
            .header("X-Original-URL", "/admin")
            .header("X-HTTP-Method-Override", "DELETE")
            .header("CF-Connecting-IP", "10.0.0.1")
            .header("X_Forwarded_For", "10.0.0.1")
            .build();

    Exchange<String> bought = paying().send(request, BodyHandlers.ofString());

    assertThat(bought).isInstanceOf(Exchange.Paid.class);
    assertThat(bought.response().body()).isEqualTo("POST /say?to=all hello");
    assertThat(bought.response().headers().allValues("PAYMENT-RESPONSE")).hasSize(1);
    assertThat(SEEN).hasSize(1);
    Headers seen = SEEN.element();
    assertThat(seen).doesNotContainKeys("Payment-signature", "Accept-encoding");
    assertThat(seen)
        .doesNotContainKeys(
            "X-original-url", "X-http-method-override", "Cf-connecting-ip", "X_forwarded_for");
    assertThat(seen.get("X-forwarded-for")).containsExactly("127.0.0.1");
    assertThat(seen.get("X-forwarded-host")).containsExactly(shop.uri().getAuthority());
    assertThat(seen.get("X-own")).containsExactly("kept");
  }

  @Test
  void whatIsFreeIsForwardedAndEverythingElseCosts() throws Exception {
    assertThat(get("/health").body()).isEqualTo("GET /health");
    assertThat(get("/docs/a/b").statusCode()).isEqualTo(200);
    assertThat(get("/health").headers().firstValue("PAYMENT-RESPONSE")).isEmpty();
    SEEN.clear();
    for (String path : List.of("/", "/health/", "/Health", "/docs", "/anything")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(402);
    }
    for (String path : List.of("/docs/..%2fquote", "//health", "/health;x=1")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(400);
    }
    assertThat(SEEN).isEmpty();
  }

  @Test
  void whatIsSignedNamesTheShopAndNotTheHostOfTheCaller() throws Exception {
    try (Socket socket = new Socket(shop.uri().getHost(), shop.uri().getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /say HTTP/1.1\r\nHost: bank.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String header =
          answer
              .lines()
              .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("payment-required: "))
              .findFirst()
              .orElseThrow();
      byte[] required = Base64.getDecoder().decode(header.substring(header.indexOf(' ') + 1));

      assertThat(JsonMapper.shared().readTree(required).at("/resource/url").asString())
          .isEqualTo(shop.uri() + "/say");
    }
  }

  @Test
  void whatTheServerBehindDoesNotServeIsNotCharged() throws Exception {
    for (String path : List.of("/broken", "/moved")) {
      Exchange<String> refused = paying().send(request(path), BodyHandlers.ofString());
      assertThat(refused).isInstanceOf(Exchange.NotTaken.class);
      assertThat(refused.response().headers().firstValue("PAYMENT-RESPONSE")).isEmpty();
    }
  }

  @Test
  void itSaysWhatItSellsAndWhatABuyerRuns() {
    ShopWelcome welcome = new ShopWelcome(shop);

    assertThat(String.join("\n", welcome.lines()))
        .contains(
            "0.001 USDC per call (1000 atomic units",
            "./earnest x402 pay " + shop.uri() + "/ --key KEYSTORE --max-price 0.001");
    assertThat(welcome.figures()).containsEntry("ok", true);
  }

  @Test
  void aFacilitatorThatCannotSettleItIsRefusedAtOnce() throws Exception {
    try (Lifecycle run = new Lifecycle()) {
      StateDirectory state = run.start(() -> StateDirectory.open(folder.resolve("other")));
      refused(
          run,
          plan(state, "0.001", URI.create("http://127.0.0.1:1"), token),
          "facilitator_unreachable");
      SoldToken elsewhere = KnownTokens.of(KnownTokens.chain("base"));
      refused(run, plan(state, "0.001", house.uri(), elsewhere), "facilitator_unsuitable");
      refused(run, plan(state, "0", house.uri(), token), "amount_invalid");
    }
  }

  private static void refused(Lifecycle run, ShopPlan plan, String code) {
    assertThatThrownBy(() -> Shop.open(run, plan))
        .isInstanceOfSatisfying(
            StartupException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  void aReceiptBecomesACredentialAndAFeedbackThatTheIndexerVerifies() throws Exception {
    BigInteger agent = register();
    Exchange.Paid<String> bought =
        (Exchange.Paid<String>) paying().send(request("/translate"), BodyHandlers.ofString());

    JsonNode credential =
        bought.settlement().rest().at("/extensions/receipt-credential/info/credential");
    CredentialVerifier verifier =
        CredentialVerifier.builder(
                new CompositeDidResolver(List.of(new KeyDidMethod())),
                PaymentContext.known(),
                InstantSource.system())
            .build();
    assertThat(verifier.verify(credential.toString().getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            VerificationOutcome.Verified.class,
            verified -> {
              assertThat(verified.credential().issuer()).isEqualTo(shop.seller());
              assertThat(
                      verified.credential().json().at("/credentialSubject/transaction").asString())
                  .isEqualTo(bought.settlement().transaction());
            });

    ObjectNode file = JsonMapper.shared().createObjectNode();
    file.set("proofOfPayment", ProofOfPayment.of(bought).orElseThrow().toJson());
    file.set("receipt", credential);
    feedback(agent, file.toString());
    JsonNode proof =
        Awaitility.await()
            .atMost(PATIENCE)
            .until(
                () -> file(agent).path("proofOfPayment"),
                said -> said.path("state").asString("").equals("verified"));
    assertThat(proof.path("amount").asString()).isEqualTo("1000");
    assertThat(proof.path("transaction").asString()).isEqualTo(bought.settlement().transaction());
  }

  @Test
  void aShopThatSellsOutOfChannelsClaimsWhatItIsOwedWhenItCloses() throws Exception {
    Path journal = folder.resolve("channels.journal");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    ChannelBook book = new ChannelBook(journal, new Console(stream, stream, false));
    BigInteger before = money(seller());
    BigInteger purse = money(buyer());
    try (Lifecycle run = new Lifecycle()) {
      StateDirectory state = run.start(() -> StateDirectory.open(folder.resolve("metered")));
      ChannelSales sales = new ChannelSales(LocalSigner.random(), Optional.empty());
      ShopWays ways = new ShopWays(false, Optional.empty(), Optional.of(sales), Optional.empty());
      Shop metered = Shop.open(run, plan(state, "0.001", house.uri(), token, ways));
      assertThat(new ShopWelcome(metered).figures()).containsKey("receiverAuthorizer");
      try (PaymentJournal memory = PaymentJournal.open(journal)) {
        PayingHttpClient client =
            PayingHttpClient.wrap(
                http,
                buyer().signer(),
                SpendingPolicy.upTo(metered.plan().amount()).at(metered.uri()).throughChannels(),
                house.clock(),
                memory);
        for (String path : List.of("/one", "/two", "/three")) {
          assertThat(
                  client.send(
                      HttpRequest.newBuilder(metered.uri().resolve(path)).build(),
                      BodyHandlers.ofString()))
              .isInstanceOf(Exchange.Paid.class);
        }
      }
      assertThat(book.list(Optional.of(house.reader())).toString())
          .contains("state=open", "signedAtomicUnits=3000", "unusedAtomicUnits=7000");
      assertThat(book.refund(metered.uri().resolve("/one"), buyer().signer()))
          .containsEntry("ok", true);
      assertThat(purse.subtract(money(buyer()))).isEqualTo(3_000);
    }
    assertThat(money(seller()).subtract(before)).isEqualTo(3_000);
    assertThat(book.list(Optional.empty()).toString()).contains("unusedAtomicUnits=0");
  }

  private static BigInteger money(DevAccount account) {
    return new TokenReads(house.reader(), token.asset().token())
        .balance(account.address(), BlockTag.Named.LATEST);
  }

  private BigInteger register() {
    TransactionReceipt receipt =
        send(
            seller(),
            new IdentityRegistryCalls(house.contracts().identityRegistry())
                .register("data:application/json,{}"));
    return receipt.logs().stream()
        .map(EventDecoder::decode)
        .filter(Decoding.Decoded.class::isInstance)
        .map(decoding -> ((Decoding.Decoded) decoding).event())
        .filter(IdentityEvent.Registered.class::isInstance)
        .map(event -> ((IdentityEvent.Registered) event).agentId())
        .findFirst()
        .orElseThrow();
  }

  private void feedback(BigInteger agent, String file) {
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    String uri = "data:application/json;base64," + Base64.getEncoder().encodeToString(bytes);
    send(
        buyer(),
        new ReputationRegistryCalls(house.contracts().reputationRegistry())
            .giveFeedback(
                agent,
                new Feedback(BigInteger.TEN, 0, "quality", "", "", uri, Keccak256.hash(bytes))));
  }

  private TransactionReceipt send(DevAccount account, ChainCall call) {
    SubmissionOutcome outcome =
        house
            .submitter(account.signer())
            .submit(
                new SubmissionRequest("test:" + System.nanoTime(), call.to(), call.data()),
                PATIENCE);
    return ((SubmissionOutcome.Settled) outcome).receipt();
  }

  private JsonNode file(BigInteger agent) throws Exception {
    String path = "/agents/%s/feedback/%s/1/file".formatted(agent, buyer().address());
    return JsonMapper.shared()
        .readTree(
            http.send(
                    HttpRequest.newBuilder(URI.create(house.uri() + path)).build(),
                    BodyHandlers.ofString())
                .body());
  }

  private PayingHttpClient paying() {
    return PayingHttpClient.wrap(
        http,
        buyer().signer(),
        SpendingPolicy.upTo(shop.plan().amount()).at(shop.uri()),
        house.clock());
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(shop.uri() + path)).build();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(request(path), BodyHandlers.ofString());
  }
}
