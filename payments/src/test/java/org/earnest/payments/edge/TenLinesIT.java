package org.earnest.payments.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.earnest.bindings.submission.SubmissionSettings;
import org.earnest.core.chain.TokenAmount;
import org.earnest.kit.http.Host;
import org.earnest.payments.client.Exchange;
import org.earnest.payments.client.PayingHttpClient;
import org.earnest.payments.client.PaymentJournal;
import org.earnest.payments.client.SpendingPolicy;
import org.earnest.payments.facilitator.FacilitatorPolicy;
import org.earnest.payments.facilitator.HttpFacilitator;
import org.earnest.payments.server.Offer;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.Shop;
import org.earnest.payments.testing.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/payments.md shows is what runs here, line by line. */
class TenLinesIT extends OnChain {
  private static final Path PAGE = Path.of("../docs/payments.md");
  private static final Path SOURCE =
      Path.of("src/test/java/org/earnest/payments/edge/TenLinesIT.java");

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
  void thePageShowsThese() throws Exception {
    String page = Files.readString(PAGE).replaceAll("(?m)^ +", "");
    String source = Files.readString(SOURCE);
    for (String part : List.of("facilitate", "sell", "buy")) {
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
}
