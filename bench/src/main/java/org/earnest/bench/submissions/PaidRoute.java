package org.earnest.bench.submissions;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.http.Host;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.http.Routes;
import org.earnest.kit.process.Lifecycle;
import org.earnest.payments.edge.Paywall;
import org.earnest.payments.facilitator.HttpFacilitator;
import org.earnest.payments.server.Offer;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.WireFormatException;
import org.earnest.payments.wire.WireJson;

/** One payment shown by several requests at once to a route that costs. */
final class PaidRoute implements HttpService {
  private static final int OK = 200;

  private final Lifecycle lifecycle;
  private final Ground ground;
  private final Buyer buyer;
  private final AtomicInteger runs = new AtomicInteger();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Paywall wall;
  private final EvmAddress seller = LocalSigner.random().address();

  PaidRoute(Lifecycle lifecycle, Ground ground, Buyer buyer, URI facilitator) {
    this.lifecycle = lifecycle;
    this.ground = ground;
    this.buyer = buyer;
    this.wall = Paywall.open(ground.database(), new HttpFacilitator(facilitator, http));
  }

  @Override
  public String name() {
    return "paid";
  }

  @Override
  public String openApiResource() {
    return "paid.json";
  }

  @Override
  public void routes(Routes routes) {
    routes.get(
        "/quote",
        wall.charge(
            Offer.exact("a quote", "application/json", buyer.price(), seller, "USD Coin", "2"),
            context -> {
              runs.incrementAndGet();
              context.json(Map.of("quote", 42));
            }));
  }

  /** Asks so many times at once with one payment. */
  Map<String, Object> run(int requests, Consumer<String> say) {
    Host host =
        lifecycle.start(() -> Host.builder().address("127.0.0.1").port(0).mount(this).start());
    URI quote = URI.create(host.uri() + "/quote");
    int served = together(requests, quote, header(quote));
    say.accept(
        "%d identical requests to a paid route: %d served, the handler ran %d times, %d paid"
            .formatted(requests, served, runs.get(), ground.balance(seller)));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("requests", requests);
    figures.put("served", served);
    figures.put("handlerRuns", runs.get());
    figures.put("paid", ground.balance(seller));
    return figures;
  }

  private String header(URI quote) {
    try {
      HttpResponse<String> asked =
          http.send(HttpRequest.newBuilder(quote).build(), HttpResponse.BodyHandlers.ofString());
      PaymentRequired required =
          PaymentHeaders.decode(
              asked.headers().firstValue(PaymentHeaders.PAYMENT_REQUIRED).orElseThrow(),
              PaymentRequired::parse);
      FacilitatorRequest signed = FacilitatorRequest.parse(WireJson.read(buyer.payment(seller)));
      return PaymentHeaders.encode(
          PaymentPayload.of(required, required.accepts().getFirst(), signed.payment().payload()));
    } catch (IOException | WireFormatException failed) {
      throw new IllegalStateException("the route does not say what it costs", failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private int together(int requests, URI quote, String payment) {
    Callable<Integer> ask =
        () ->
            http.send(
                    HttpRequest.newBuilder(quote)
                        .header(PaymentHeaders.PAYMENT_SIGNATURE, payment)
                        .build(),
                    HttpResponse.BodyHandlers.discarding())
                .statusCode();
    int served = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> one :
          threads.invokeAll(Stream.generate(() -> ask).limit(requests).toList())) {
        served += one.get() == OK ? 1 : 0;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
    return served;
  }
}
