package org.earnest.payments.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.FacilitatorUnavailableException;
import org.earnest.payments.store.PostgresPaymentClaims;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.SupportedResponse;
import org.earnest.payments.wire.VerifyResponse;
import org.junit.jupiter.api.Test;

/** A request whose time is over: what it leaves behind can be taken up at once. */
class PaymentGateIT extends OnChain {
  private static final URI SHOP = URI.create("https://seller.example/quote");
  private static final Answer QUOTE =
      new Answer(200, Optional.of("text/plain"), "42".getBytes(StandardCharsets.UTF_8));
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void aHandlerThatIsInterruptedLeavesThePaymentFree() throws Exception {
    PaymentGate gate = gate(chain());
    PaidRequest request = request();
    PaidHandler<Exception> late =
        () -> {
          Thread.currentThread().interrupt();
          throw new InterruptedException("the request took too long");
        };

    assertThatThrownBy(() -> serve(gate, request, late))
        .hasCauseInstanceOf(InterruptedException.class);

    assertThat(serve(gate, request, () -> QUOTE)).isInstanceOf(Sale.Served.class);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void aSettlementThatIsInterruptedIsTakenUpWhereItStopped() throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    Facilitator chain = chain();
    PaymentGate gate =
        gate(
            settlingBy(
                (request, patience) -> {
                  SettleResponse settled = chain.settle(request, patience);
                  if (interrupted.getAndSet(true)) {
                    return settled;
                  }
                  Thread.currentThread().interrupt();
                  throw new FacilitatorUnavailableException("the wait was interrupted");
                }));
    PaidRequest request = request();

    Sale unknown = serve(gate, request, () -> QUOTE);

    assertThat(unknown)
        .isInstanceOfSatisfying(
            Sale.Refused.class,
            refused -> assertThat(refused.refusal().code()).isEqualTo("settlement_unknown"));
    assertThat(serve(gate, request, PaymentGateIT::soldOut)).isInstanceOf(Sale.Served.class);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void aSettlementThatThrowsWhatItShouldNotIsTakenUpToo() throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    Facilitator chain = chain();
    PaymentGate gate =
        gate(
            settlingBy(
                (request, patience) -> {
                  if (!broken.getAndSet(true)) {
                    throw new IllegalStateException("the database is away");
                  }
                  return chain.settle(request, patience);
                }));
    PaidRequest request = request();

    assertThatThrownBy(() -> serve(gate, request, () -> QUOTE))
        .hasRootCauseMessage("the database is away");

    assertThat(serve(gate, request, PaymentGateIT::soldOut)).isInstanceOf(Sale.Served.class);
  }

  @Test
  void whatWasPaidForIsOwedThoughThePriceHasChanged() throws Exception {
    PaymentGate gate = gate(chain());
    Offer dearer = new Offer("a quote", "text/plain", List.of(world.price(2 * PRICE).toWire()));
    PaidRequest paid = request();
    PaidRequest unclaimed = request();

    Sale first = serve(gate, paid, () -> QUOTE);
    Sale again = gate.serve(paid, dearer, PaymentGateIT::soldOut);
    Sale other = gate.serve(unclaimed, dearer, PaymentGateIT::soldOut);

    assertThat(first).isInstanceOf(Sale.Served.class);
    assertThat(again).isEqualTo(first);
    assertThat(other)
        .isInstanceOfSatisfying(
            Sale.PaymentNeeded.class,
            needed -> assertThat(needed.refusal().code()).isEqualTo("no_matching_requirements"));
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void bothSettlementsOfARequestShareItsTime() throws Exception {
    Duration time = Duration.ofMinutes(10);
    Duration settling = Duration.ofSeconds(1);
    List<Duration> given = new ArrayList<>();
    PaymentGate gate =
        new PaymentGate(
            settlingBy(
                (request, patience) -> {
                  given.add(patience);
                  sleep(settling);
                  return SettleResponse.failed(
                      SettleResponse.PENDING, "sent", Optional.empty(), "0x1", "eip155:31337");
                }),
            new PostgresPaymentClaims(world.database),
            time);

    assertThat(gate.serve(request(), offer(), () -> QUOTE)).isInstanceOf(Sale.PaymentNeeded.class);

    assertThat(given).hasSize(2);
    assertThat(given.get(0)).isLessThanOrEqualTo(time);
    // Half of it: a sleep may be a little short by another clock.
    assertThat(given.get(1)).isLessThanOrEqualTo(given.get(0).minus(settling.dividedBy(2)));
  }

  /** On a thread as a host has: what it reads from a socket while interrupted fails. */
  private Sale serve(PaymentGate gate, PaidRequest request, PaidHandler<?> handler)
      throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.submit(() -> gate.serve(request, offer(), handler)).get();
    }
  }

  /** How one settles. */
  private interface Settling {
    SettleResponse settle(FacilitatorRequest request, Duration patience);
  }

  private static Facilitator settlingBy(Settling settling) {
    Facilitator chain = chain();
    return new Facilitator() {
      @Override
      public VerifyResponse verify(FacilitatorRequest request) {
        return chain.verify(request);
      }

      @Override
      public SettleResponse settle(FacilitatorRequest request, Duration patience) {
        return settling.settle(request, patience);
      }

      @Override
      public SupportedResponse supported() {
        return chain.supported();
      }
    };
  }

  private static Facilitator chain() {
    return world.facilitator(world.usdc, PATIENCE);
  }

  private static PaymentGate gate(Facilitator facilitator) {
    return new PaymentGate(facilitator, new PostgresPaymentClaims(world.database));
  }

  private Offer offer() {
    return new Offer("a quote", "text/plain", List.of(offer.toWire()));
  }

  private PaidRequest request() {
    PaymentPayload payment =
        PaymentPayload.of(
            offer().required(SHOP.toString(), "Payment required"),
            offer.toWire(),
            buyer.payment(offer).payment().payload());
    return new PaidRequest(
        "GET",
        SHOP.toString(),
        Keccak256.hash(new byte[0]),
        List.of(PaymentHeaders.encode(payment)),
        List.of());
  }

  private static Answer soldOut() {
    throw new AssertionError("the handler ran twice for one payment");
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
