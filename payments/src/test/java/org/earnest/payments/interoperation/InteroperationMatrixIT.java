package org.earnest.payments.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.kit.process.ChildProcess;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.client.ChannelRefunds;
import org.earnest.payments.client.Exchange;
import org.earnest.payments.client.PayingHttpClient;
import org.earnest.payments.client.PaymentJournal;
import org.earnest.payments.client.SpendingPolicy;
import org.earnest.payments.edge.Charge;
import org.earnest.payments.edge.Paywall;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.HttpFacilitator;
import org.earnest.payments.server.Offer;
import org.earnest.payments.store.PostgresChannelLedger;
import org.earnest.payments.testing.Channels;
import org.earnest.payments.testing.Doubles;
import org.earnest.payments.testing.OnBaseSepolia;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.earnest.payments.testing.Shop;
import org.earnest.payments.testing.World;
import org.earnest.payments.till.ChannelLedger;
import org.earnest.payments.till.ChannelTill;
import org.earnest.payments.till.ChannelWatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Each client in each server's shop, settled by each facilitator, ours and the stock ones, on Base
 * Sepolia's chain id and USDC's address. By scheme exact each cell pays once and delivers once, by
 * upto what the call came to; out of a channel each pays for each of its calls once, and has the
 * rest given back.
 */
@OnBaseSepolia
class InteroperationMatrixIT extends OnChain {
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
  private static final Duration START = Duration.ofMinutes(2);
  private static final List<ChildProcess> CHILDREN = new ArrayList<>();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static final int CALLS = 3;
  private static final LocalSigner AUTHORIZER = LocalSigner.of(key("authorizer"));

  private static StockPackages stock;
  private static List<Seller> sellers;

  /** Who made it. */
  private enum Maker {
    EARNEST("Earnest"),
    STOCK("npm 2.27");

    private final String label;

    Maker(String label) {
      this.label = label;
    }
  }

  /**
   * A shop.
   *
   * @param quote sold by scheme exact
   * @param upto sold for a quarter of its price, by scheme upto
   * @param metered sold out of channels
   * @param deliveries how often it sold
   * @param cash claims what its channels owe, and has it paid out
   */
  private record Seller(
      Maker maker,
      Maker facilitator,
      EvmAddress payee,
      URI quote,
      URI upto,
      URI metered,
      LongSupplier deliveries,
      Runnable cash) {}

  @BeforeAll
  static void install() throws Exception {
    stock = StockPackages.install();
    Channels.install(world);
    Doubles.installMulticall(world);
    Doubles.installPermit2(world);
    sellers = sellers();
  }

  @AfterAll
  static void end() {
    CHILDREN.forEach(ChildProcess::close);
  }

  @Test
  void everyCellPaysAndDeliversExactlyOnce() throws Exception {
    matrix(Seller::quote, PRICE);
  }

  @Test
  void everyCellPaysWhatTheCallCameTo() throws Exception {
    matrix(Seller::upto, PRICE / 4);
  }

  private void matrix(Function<Seller, URI> sold, long cost) throws Exception {
    List<String> table = new ArrayList<>();
    List<String> wanted = new ArrayList<>();
    for (Seller seller : sellers) {
      for (Maker client : Maker.values()) {
        table.add(cell(client, seller, sold.apply(seller)));
        wanted.add(row(client, seller, cost, 1));
      }
    }
    System.out.println("client   | server   | facilitator | paid | delivered");
    System.out.println(String.join("\n", table));
    assertThat(table).isEqualTo(wanted).hasSize(8);
  }

  private String cell(Maker client, Seller seller, URI sold) throws Exception {
    String key = key(client.name() + sold);
    LocalSigner account = funded(key);
    Doubles.approve(world, account.address());
    long before = seller.deliveries().getAsLong();
    String body =
        switch (client) {
          case EARNEST -> ours(account, sold);
          case STOCK -> theirs(key, sold);
        };
    assertThat(body).contains("quote");
    return row(
        client,
        seller,
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

  @Test
  void everyCellPaysEachCallOutOfItsChannelOnce() throws Exception {
    List<String> table = new ArrayList<>();
    List<String> wanted = new ArrayList<>();
    for (Seller seller : sellers) {
      long before = world.balance(seller.payee());
      for (Maker client : Maker.values()) {
        table.add(metered(client, seller));
        wanted.add(row(client, seller, CALLS * PRICE, CALLS));
      }
      LocalSigner unfinished = account(seller.metered() + " is not asked for a refund");
      calls(unfinished, seller.metered(), PaymentJournal.inMemory());
      seller.cash().run();
      assertThat(world.balance(seller.payee()) - before)
          .as("%s by %s", seller.maker(), seller.facilitator())
          .isEqualTo((Maker.values().length + 1L) * CALLS * PRICE);
    }
    System.out.println(String.join("\n", table));
    assertThat(table).isEqualTo(wanted).hasSize(8);
  }

  private String metered(Maker client, Seller seller) throws Exception {
    String key = key(client.name() + seller.metered());
    LocalSigner account = funded(key);
    long before = seller.deliveries().getAsLong();
    switch (client) {
      case EARNEST -> {
        PaymentJournal journal = PaymentJournal.inMemory();
        calls(account, seller.metered(), journal);
        assertThat(new ChannelRefunds(HTTP, account, journal).ask(seller.metered()))
            .isInstanceOf(ChannelRefunds.Outcome.Refunded.class);
      }
      case STOCK -> {
        JsonNode told = stock.run("metered.mjs", key, seller.metered(), world.usdc.token(), CALLS);
        assertThat(told.path("answers"))
            .allMatch(answer -> answer.path("status").intValue() == 200)
            .allMatch(answer -> answer.path("body").stringValue().contains("quote"));
        assertThat(told.at("/refund/success").booleanValue()).as(told.toString()).isTrue();
      }
    }
    return row(
        client,
        seller,
        World.PURSE - world.balance(account.address()),
        seller.deliveries().getAsLong() - before);
  }

  private static void calls(LocalSigner account, URI metered, PaymentJournal journal)
      throws Exception {
    SpendingPolicy policy =
        SpendingPolicy.upTo(TokenAmount.of(world.usdc, PRICE))
            .at(metered)
            .throughChannels()
            .repeatingAfter(Duration.ZERO);
    PayingHttpClient client =
        PayingHttpClient.wrap(HTTP, account, policy, InstantSource.system(), journal);
    for (int call = 0; call < CALLS; call++) {
      Exchange<String> bought =
          client.send(HttpRequest.newBuilder(metered).build(), BodyHandlers.ofString());
      assertThat(bought)
          .as(bought.response().headers() + bought.response().body())
          .isInstanceOf(Exchange.Paid.class);
      assertThat(bought.response().body()).contains("quote");
    }
  }

  private static LocalSigner account(String seed) {
    return funded(key(seed));
  }

  private static LocalSigner funded(String key) {
    LocalSigner account = LocalSigner.of(key);
    world.mint(account.address());
    return account;
  }

  private static String row(Maker client, Seller seller, long paid, long delivered) {
    return "%-8s | %-8s | %-11s | %4d | %9d"
        .formatted(client.label, seller.maker().label, seller.facilitator().label, paid, delivered);
  }

  private static List<Seller> sellers() throws Exception {
    List<Seller> sellers = new ArrayList<>();
    for (Maker maker : Maker.values()) {
      URI facilitator = facilitator(maker);
      sellers.add(ours(maker, new HttpFacilitator(facilitator, HTTP, World.ANSWER_PATIENCE)));
      sellers.add(theirs(maker, facilitator));
    }
    return sellers;
  }

  private static Seller ours(Maker maker, Facilitator facilitator) throws Exception {
    EvmAddress payee = LocalSigner.of(key("our payee of " + maker)).address();
    PaidShop shop =
        PaidShop.open(
            world, World.price(TokenAmount.of(world.usdc, PRICE)), facilitator, PaidShop::quote);
    PostgresChannelLedger ledger = new PostgresChannelLedger(world.database);
    ChannelTerms terms =
        ChannelTerms.of(
            TokenAmount.of(world.usdc, PRICE),
            payee,
            Duration.ofMinutes(1),
            AUTHORIZER.address(),
            "USD Coin",
            "2");
    AtomicLong sold = new AtomicLong();
    Paywall wall =
        Paywall.open(
            world.database,
            new ChannelTill(facilitator, ledger, AUTHORIZER, InstantSource.system()));
    URI metered =
        world.host(
            new Shop(
                wall.charge(
                    new Offer("a quote", "application/json", List.of(terms.toWire())),
                    context -> {
                      sold.incrementAndGet();
                      PaidShop.quote(context);
                    })));
    URI upto =
        world.host(
            new Shop(
                Paywall.open(world.database, facilitator)
                    .charge(
                        upto(facilitator),
                        context -> {
                          sold.incrementAndGet();
                          Charge.set(context.req(), BigInteger.valueOf(PRICE / 4));
                          PaidShop.quote(context);
                        })));
    return new Seller(
        Maker.EARNEST,
        maker,
        payee,
        shop.uri("/quote"),
        upto.resolve("/quote"),
        metered.resolve("/quote"),
        () -> shop.runs() + sold.get(),
        () -> claimAll(facilitator, ledger));
  }

  private static Offer upto(Facilitator facilitator) {
    String settler =
        facilitator.supported().signers().getOrDefault("eip155:*", List.of()).getFirst();
    return Offer.upTo(
        "a quote",
        "application/json",
        TokenAmount.of(world.usdc, PRICE),
        World.SELLER,
        new EvmAddress(settler));
  }

  private static void claimAll(Facilitator facilitator, ChannelLedger ledger) {
    BigInteger never = BigInteger.valueOf(World.PURSE);
    Duration seldom = ChannelTill.CLOSING.minusMinutes(1);
    try (ChannelWatch watch =
        new ChannelWatch(facilitator, ledger, AUTHORIZER, never, seldom, InstantSource.system())) {
      watch.claimAll();
    }
  }

  private static Seller theirs(Maker maker, URI facilitator) throws Exception {
    EvmAddress payee = LocalSigner.of(key("their payee of " + maker)).address();
    URI there =
        start(
            Map.of("AUTHORIZER_KEY", key("authorizer"), "UPTO", "yes"),
            "sell.mjs",
            facilitator,
            world.usdc.token(),
            PRICE,
            payee.hex(),
            world.usdc.chain());
    return new Seller(
        Maker.STOCK,
        maker,
        payee,
        there.resolve("/quote"),
        there.resolve("/upto"),
        there.resolve("/metered"),
        () -> Long.parseLong(told(there, "/served")),
        () -> told(there, "/cash"));
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

  private static String told(URI shop, String path) {
    try {
      HttpResponse<String> told =
          HTTP.send(HttpRequest.newBuilder(shop.resolve(path)).build(), BodyHandlers.ofString());
      assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
      return told.body();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static String key(String seed) {
    byte[] secret = Keccak256.hash(seed.getBytes(StandardCharsets.UTF_8)).bytes();
    return "0x" + HexFormat.of().formatHex(secret);
  }
}
