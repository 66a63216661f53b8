package org.earnest.payments.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.TokenAmount;
import org.earnest.kit.process.ChildProcess;
import org.earnest.payments.client.Exchange;
import org.earnest.payments.client.PayingHttpClient;
import org.earnest.payments.client.SpendingPolicy;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.HttpFacilitator;
import org.earnest.payments.testing.OnBaseSepolia;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.earnest.payments.testing.World;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Each client in each server's shop, settled by each facilitator, ours and the stock ones: each
 * cell pays once and delivers once. Scheme exact, on Base Sepolia's chain id and USDC's address.
 */
@OnBaseSepolia
class InteroperationMatrixIT extends OnChain {
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
  private static final Duration START = Duration.ofMinutes(2);
  private static final List<ChildProcess> CHILDREN = new ArrayList<>();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static StockPackages stock;

  /** Who made it. */
  private enum Maker {
    EARNEST("Earnest"),
    STOCK("npm 2.27");

    private final String label;

    Maker(String label) {
      this.label = label;
    }
  }

  /** A shop, and how often it delivered. */
  private record Seller(Maker maker, Maker facilitator, URI quote, LongSupplier deliveries) {}

  @BeforeAll
  static void install() throws Exception {
    stock = StockPackages.install();
  }

  @AfterAll
  static void end() {
    CHILDREN.forEach(ChildProcess::close);
  }

  @Test
  void everyCellPaysAndDeliversExactlyOnce() throws Exception {
    StringBuilder table =
        new StringBuilder("client   | server   | facilitator | paid | delivered\n");
    List<String> wrong = new ArrayList<>();
    for (Seller seller : sellers()) {
      for (Maker client : Maker.values()) {
        String row = cell(client, seller);
        table.append(row).append('\n');
        if (!row.endsWith("| %4d | %9d".formatted(PRICE, 1))) {
          wrong.add(row);
        }
      }
    }
    System.out.print(table);
    assertThat(wrong).as(table.toString()).isEmpty();
    assertThat(table.toString().lines()).hasSize(9);
  }

  private String cell(Maker client, Seller seller) throws Exception {
    String key = key(client.name() + seller.quote());
    LocalSigner account = LocalSigner.of(key);
    world.mint(account.address());
    long before = seller.deliveries().getAsLong();
    String body =
        switch (client) {
          case EARNEST -> ours(account, seller.quote());
          case STOCK -> theirs(key, seller.quote());
        };
    assertThat(body).contains("quote");
    return "%-8s | %-8s | %-11s | %4d | %9d"
        .formatted(
            client.label,
            seller.maker().label,
            seller.facilitator().label,
            World.PURSE - world.balance(account.address()),
            seller.deliveries().getAsLong() - before);
  }

  private static String ours(LocalSigner account, URI quote) throws Exception {
    PayingHttpClient client =
        PayingHttpClient.wrap(
            HTTP, account, SpendingPolicy.upTo(TokenAmount.of(world.usdc, PRICE)).at(quote));
    Exchange<String> bought =
        client.send(HttpRequest.newBuilder(quote).build(), BodyHandlers.ofString());
    assertThat(bought)
        .as(bought.response().headers() + bought.response().body())
        .isInstanceOf(Exchange.Paid.class);
    return bought.response().body();
  }

  private static String theirs(String key, URI quote) throws Exception {
    return stock
        .run("buy.mjs", key, quote, world.usdc.token())
        .at("/first/body")
        .asString("nothing");
  }

  private List<Seller> sellers() throws Exception {
    List<Seller> sellers = new ArrayList<>();
    for (Maker maker : Maker.values()) {
      URI facilitator = facilitator(maker);
      Facilitator client = new HttpFacilitator(facilitator, HTTP, World.ANSWER_PATIENCE);
      PaidShop shop = PaidShop.open(world, offer, client, PaidShop::quote);
      sellers.add(new Seller(Maker.EARNEST, maker, shop.uri("/quote"), shop::runs));
      URI there =
          start(
              Map.of(),
              "sell.mjs",
              facilitator,
              world.usdc.token(),
              PRICE,
              World.SELLER,
              world.usdc.chain());
      sellers.add(
          new Seller(Maker.STOCK, maker, URI.create(there + "/quote"), () -> served(there)));
    }
    return sellers;
  }

  private static URI facilitator(Maker maker) throws Exception {
    if (maker == Maker.EARNEST) {
      return world.facilitatorUri();
    }
    String key = key("stock facilitator");
    world.ether(LocalSigner.of(key).address(), BigInteger.TEN.pow(18));
    return start(
        Map.of("FACILITATOR_KEY", key),
        "settle.mjs",
        world.proxy.url(),
        world.usdc.chain().reference());
  }

  private static URI start(Map<String, String> environment, String script, Object... arguments)
      throws Exception {
    ChildProcess child = stock.start(environment, script, arguments);
    CHILDREN.add(child);
    return URI.create(child.awaitOutput(ADDRESS, START).group());
  }

  private static long served(URI shop) {
    try {
      return Long.parseLong(
          HTTP.send(
                  HttpRequest.newBuilder(URI.create(shop + "/served")).build(),
                  BodyHandlers.ofString())
              .body());
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static String key(String seed) {
    byte[] secret = Keccak256.hash(seed.getBytes(StandardCharsets.UTF_8)).bytes();
    return "0x" + HexFormat.of().formatHex(secret);
  }
}
