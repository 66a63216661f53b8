package org.earnest.bench.submissions;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.EvmSigner;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TokenAmount;
import org.earnest.devnet.DevAccount.Role;
import org.earnest.kit.http.Host;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Routes;
import org.earnest.kit.process.Lifecycle;
import org.earnest.payments.channel.ChannelContracts;
import org.earnest.payments.channel.ChannelTerms;
import org.earnest.payments.client.Exchange;
import org.earnest.payments.client.PayingHttpClient;
import org.earnest.payments.client.PaymentJournal;
import org.earnest.payments.client.SpendingPolicy;
import org.earnest.payments.edge.Paywall;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.HttpFacilitator;
import org.earnest.payments.server.Offer;
import org.earnest.payments.store.PostgresChannelLedger;
import org.earnest.payments.till.ChannelAccount;
import org.earnest.payments.till.ChannelLedger;
import org.earnest.payments.till.ChannelTill;
import org.earnest.payments.till.ChannelWatch;

/** Ours, all in this process: calls go by HTTP, and the shop's books are in the database. */
final class OurChannel implements ChannelSide, HttpService {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final Duration SELDOM = ChannelTill.CLOSING.minusMinutes(1);
  private static final int OK = 200;

  private final EvmAddress relayer;
  private final ChannelTerms terms;
  private final Hash32 channel;
  private final ChannelLedger ledger;
  private final Paywall wall;
  private final ChannelWatch watch;
  private final URI shop;
  private final PayingHttpClient buyer;
  private final AtomicLong runs = new AtomicLong();
  private final AtomicLong made = new AtomicLong();

  /**
   * Opens the shop; the first call opens the channel.
   *
   * @param own brings the deposit and the claim on chain
   * @param deposit of the first call
   * @param mostAtOnce how many calls may be under way
   */
  OurChannel(
      Lifecycle lifecycle,
      Ground ground,
      Facilitated own,
      TokenAmount price,
      TokenAmount deposit,
      int mostAtOnce) {
    EvmSigner authorizer = ground.account(Role.SELLER).signer();
    LocalSigner payer = ground.account(Role.BUYER).signer();
    this.relayer = own.account();
    this.terms = terms(price, deposit, authorizer.address());
    this.channel =
        terms.channel(payer.address(), Hash32.ZERO).id(ChannelContracts.domain(terms.chain()));
    this.ledger = new PostgresChannelLedger(ground.database());
    Facilitator facilitator = new HttpFacilitator(own.facilitator(), own.http());
    this.wall =
        Paywall.open(
            ground.database(),
            new ChannelTill(facilitator, ledger, authorizer, InstantSource.system()));
    this.watch =
        lifecycle.start(
            () ->
                new ChannelWatch(
                    facilitator,
                    ledger,
                    authorizer,
                    deposit.atomicUnits().add(BigInteger.ONE),
                    SELDOM,
                    InstantSource.system()));
    Host host =
        lifecycle.start(() -> Host.builder().address("127.0.0.1").port(0).mount(this).start());
    this.shop = URI.create(host.uri() + "/metered");
    this.buyer =
        PayingHttpClient.wrap(
            own.http(),
            payer,
            policy(shop, price, deposit, mostAtOnce),
            InstantSource.system(),
            PaymentJournal.inMemory());
  }

  private static ChannelTerms terms(TokenAmount price, TokenAmount deposit, EvmAddress authorizer) {
    return new ChannelTerms(
        price,
        LocalSigner.random().address(),
        TIMEOUT,
        authorizer,
        ChannelTerms.MIN_WITHDRAW_DELAY,
        deposit.atomicUnits(),
        "USD Coin",
        "2");
  }

  /** Corrected vouchers would count as well: there is room for as many again. */
  private static SpendingPolicy policy(
      URI shop, TokenAmount price, TokenAmount deposit, int mostAtOnce) {
    TokenAmount most = new TokenAmount(deposit.asset(), deposit.atomicUnits().shiftLeft(1));
    return SpendingPolicy.upTo(price)
        .at(shop)
        .throughChannels()
        .perDay(most)
        .perHost(most)
        .repeatingAfter(Duration.ZERO)
        .atOnce(mostAtOnce);
  }

  @Override
  public String contender() {
    return Engine.NAME;
  }

  @Override
  public String name() {
    return "metered";
  }

  @Override
  public String openApiResource() {
    return "paid.json";
  }

  @Override
  public void routes(Routes routes) {
    routes.post(
        "/metered",
        wall.charge(
            new Offer("an answer", "application/json", List.of(terms.toWire())),
            context -> {
              runs.incrementAndGet();
              context.contentType("application/json").result(context.body());
            }));
  }

  @Override
  public Calls call(int atOnce) {
    List<Callable<Optional<String>>> calls = new ArrayList<>();
    for (int number = 0; number < atOnce; number++) {
      calls.add(() -> refusal("{\"call\":%d}".formatted(made.getAndIncrement())));
    }
    Map<String, Long> refusals = new HashMap<>();
    int served = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Optional<String>> one : threads.invokeAll(calls)) {
        Optional<String> refusal = one.get();
        served += refusal.isEmpty() ? 1 : 0;
        refusal.ifPresent(why -> refusals.merge(why, 1L, Long::sum));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a call failed: " + failed.getCause(), failed.getCause());
    }
    return new Calls(served, refusals);
  }

  /** Empty when it was paid for and has its own answer. */
  private Optional<String> refusal(String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(shop)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    Exchange<String> told = buyer.send(request, BodyHandlers.ofString());
    return switch (told) {
      case Exchange.Paid<String> paid
          when paid.response().statusCode() == OK && paid.response().body().equals(body) ->
          Optional.empty();
      case Exchange.Declined<String> declined -> Optional.of(declined.code());
      default -> Optional.of("status " + told.response().statusCode());
    };
  }

  @Override
  public long handlerRuns() {
    return runs.get();
  }

  @Override
  public long sold() {
    return ledger
        .find(channel)
        .map(ChannelAccount::earned)
        .orElse(BigInteger.ZERO)
        .longValueExact();
  }

  @Override
  public EvmAddress payee() {
    return terms.payTo();
  }

  @Override
  public EvmAddress relayer() {
    return relayer;
  }

  @Override
  public void cash() {
    watch.claimAll();
  }

  @Override
  public long cpu(Cpu used) {
    return used.own();
  }
}
