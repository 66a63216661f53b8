package org.earnest.payments.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.kit.http.Host;
import org.earnest.payments.capture.CaptureTerms;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.client.Dispute;
import org.earnest.payments.client.Exchange;
import org.earnest.payments.client.PayingHttpClient;
import org.earnest.payments.client.PaymentJournal;
import org.earnest.payments.client.SignedPayment;
import org.earnest.payments.client.SpendingPolicy;
import org.earnest.payments.escrow.CaptureRounds;
import org.earnest.payments.escrow.Captures;
import org.earnest.payments.escrow.EscrowTill;
import org.earnest.payments.escrow.HeldPayments;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.FacilitatorPolicy;
import org.earnest.payments.facilitator.HttpFacilitator;
import org.earnest.payments.server.EscrowPricing;
import org.earnest.payments.server.Offer;
import org.earnest.payments.server.Pricing;
import org.earnest.payments.store.PostgresChannelLedger;
import org.earnest.payments.store.PostgresHeldPayments;
import org.earnest.payments.testing.Channels;
import org.earnest.payments.testing.Doubles;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.Shop;
import org.earnest.payments.testing.World;
import org.earnest.payments.till.ChannelLedger;
import org.earnest.payments.till.ChannelTill;
import org.earnest.payments.till.ChannelWatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/payments.md shows is what runs here, line by line. */
class TenLinesIT extends OnChain {
  private static final Path PAGE = Path.of("../docs/payments.md");
  private static final Path SOURCE =
      Path.of("src/test/java/org/earnest/payments/edge/TenLinesIT.java");

  private static final List<String> PARTS =
      List.of(
          "facilitate",
          "sell",
          "buy",
          "sell out of channels",
          "buy out of a channel",
          "sell into escrow",
          "buy and dispute");

  @TempDir Path folder;

  @Test
  void facilitateSellAndBuy() throws Exception {
    try (Host facilitator = facilitate()) {
      URI shop = sell(facilitator.uri());
      assertThat(buy(shop)).isEqualTo("42");
      assertThat(spent()).isEqualTo(PRICE);
    }
  }

  @Test
  void sellAndBuyOutOfAChannel() throws Exception {
    Channels.install(world);
    URI shop = sellOutOfChannels(world.remoteFacilitator());

    assertThat(buyOutOfAChannel(shop)).isEqualTo("42");
    assertThat(spent()).isEqualTo(ChannelTerms.DEPOSIT_CALLS * PRICE);
  }

  @Test
  void sellAndBuyWhatCanBeDisputed() throws Exception {
    Doubles.installAuthCapture(world);
    EvmAddress operator =
        world.deploy(
            CreationCode.captureOperator(
                PaymentInfo.ESCROW,
                PaymentInfo.REFUND_COLLECTOR,
                World.SELLER,
                Duration.ofHours(1),
                Duration.ofHours(1)));
    URI shop = sellIntoEscrow(operator);

    ChainCall freeze = buyAndDispute(shop, operator);
    world.send(freeze);

    assertThat(spent()).isEqualTo(PRICE);
    assertThat(world.balance(PaymentInfo.ESCROW)).isEqualTo(PRICE);
  }

  @Test
  void thePageShowsThese() throws Exception {
    String page = Files.readString(PAGE).replaceAll("(?m)^ +", "");
    String source = Files.readString(SOURCE);
    for (String part : PARTS) {
      String lines =
          source.split("// " + part + "\n", -1)[1].split(" +// end\n", -1)[0].replaceAll(
              "(?m)^ +", "");
      assertThat(page).as(part).contains(lines);
      assertThat(lines.lines().count()).as(part).isLessThanOrEqualTo(10);
    }
  }

  private Host facilitate() throws Exception {
    var database = world.database;
    var chain = world.chain;
    var submitter = world.submitter;
    var usdc = world.usdc;
    var finality = SubmissionSettings.DEFAULT.finality();
    // facilitate
    FacilitatorPolicy policy = FacilitatorPolicy.ofAssets(usdc);
    FacilitatorService service =
        FacilitatorService.open(
            database, chain, submitter, policy, finality, InstantSource.system());
    Host host = Host.builder().port(0).mount(service).start();
    // end
    return host;
  }

  private URI sell(URI facilitatorUri) throws Exception {
    var database = world.database;
    var price = TokenAmount.of(world.usdc, PRICE);
    var payTo = World.SELLER;
    // sell
    HttpFacilitator facilitator = new HttpFacilitator(facilitatorUri, HttpClient.newHttpClient());
    Paywall paywall = Paywall.open(database, facilitator);
    Offer offer = Offer.exact("a quote", "text/plain", price, payTo, "USD Coin", "2");
    var handler = paywall.charge(offer, context -> context.result("42"));
    // end
    return URI.create(world.host(new Shop(handler)) + "/quote");
  }

  private String buy(URI shop) throws Exception {
    var price = TokenAmount.of(world.usdc, PRICE);
    var signer = buyer.signer();
    Path file = folder.resolve("payments.journal");
    // buy
    SpendingPolicy policy = SpendingPolicy.upTo(price).at(shop);
    try (HttpClient http = HttpClient.newHttpClient();
        PaymentJournal journal = PaymentJournal.open(file)) {
      PayingHttpClient client =
          PayingHttpClient.wrap(http, signer, policy, InstantSource.system(), journal);
      HttpRequest request = HttpRequest.newBuilder(shop).build();
      Exchange<String> bought = client.send(request, BodyHandlers.ofString());
      return bought.response().body();
    }
    // end
  }

  private URI sellOutOfChannels(Facilitator facilitator) throws Exception {
    var database = world.database;
    var price = TokenAmount.of(world.usdc, PRICE);
    var authorizer = LocalSigner.random();
    var payTo = World.SELLER;
    var enough = BigInteger.valueOf(PRICE);
    // sell out of channels
    ChannelTerms terms =
        ChannelTerms.of(price, payTo, Offer.TIMEOUT, authorizer.address(), "USD Coin", "2");
    Offer offer = new Offer("a quote", "text/plain", List.of(terms.toWire()));
    ChannelLedger ledger = new PostgresChannelLedger(database);
    InstantSource clock = InstantSource.system();
    ChannelTill till = new ChannelTill(facilitator, ledger, authorizer, clock);
    var handler = Paywall.open(database, till).charge(offer, context -> context.result("42"));
    var claims =
        new ChannelWatch(facilitator, ledger, authorizer, enough, Duration.ofMinutes(1), clock);
    // end
    claims.close();
    return URI.create(world.host(new Shop(handler)) + "/quote");
  }

  private String buyOutOfAChannel(URI shop) throws Exception {
    var price = TokenAmount.of(world.usdc, PRICE);
    var signer = buyer.signer();
    var http = HttpClient.newHttpClient();
    var request = HttpRequest.newBuilder(shop).build();
    var journal = PaymentJournal.inMemory();
    // buy out of a channel
    SpendingPolicy policy = SpendingPolicy.upTo(price).at(shop).throughChannels();
    PayingHttpClient client =
        PayingHttpClient.wrap(http, signer, policy, InstantSource.system(), journal);
    Exchange<String> bought = client.send(request, BodyHandlers.ofString());
    // end
    return bought.response().body();
  }

  private URI sellIntoEscrow(EvmAddress operator) throws Exception {
    var database = world.database;
    var chain = world.chain;
    var submitter = world.submitter;
    var finality = SubmissionSettings.DEFAULT.finality();
    var facilitator = world.facilitator(FacilitatorPolicy.ofAssets(world.usdc).admitting(operator));
    // sell into escrow
    Pricing pricing =
        new EscrowPricing(
            until -> Offer.disputable("a quote", "text/plain", terms(operator, until)),
            Duration.ofDays(2),
            InstantSource.system());
    HeldPayments held = new PostgresHeldPayments(database);
    Paywall paywall = Paywall.open(database, new EscrowTill(facilitator, held));
    var handler = paywall.charge(pricing, context -> context.result("42"));
    Captures captures = new Captures(chain, submitter, held, finality);
    var rounds = new CaptureRounds(captures, Duration.ofMinutes(1));
    // end
    rounds.close();
    return URI.create(world.host(new Shop(handler)) + "/quote");
  }

  private static CaptureTerms terms(EvmAddress operator, Instant until) {
    return new CaptureTerms(
        TokenAmount.of(world.usdc, PRICE),
        World.SELLER,
        Offer.TIMEOUT,
        operator,
        until,
        until.plus(Duration.ofDays(30)),
        "USD Coin",
        "2");
  }

  private ChainCall buyAndDispute(URI shop, EvmAddress operator) throws Exception {
    var price = TokenAmount.of(world.usdc, PRICE);
    var signer = buyer.signer();
    var http = HttpClient.newHttpClient();
    var request = HttpRequest.newBuilder(shop).build();
    // buy and dispute
    SpendingPolicy policy = SpendingPolicy.upTo(price).at(shop).intoEscrowOf(operator);
    PayingHttpClient client = PayingHttpClient.wrap(http, signer, policy);
    Exchange<String> bought = client.send(request, BodyHandlers.ofString());
    SignedPayment payment = ((Exchange.Paid<String>) bought).payment();
    ChainCall freeze = Dispute.about(payment).orElseThrow().freeze(signer);
    // end
    assertThat(bought.response().body()).isEqualTo("42");
    return freeze;
  }
}
