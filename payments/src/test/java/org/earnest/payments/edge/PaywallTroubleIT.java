package org.earnest.payments.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.earnest.payments.facilitator.HttpFacilitator;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever breaks on the way: the same payment sent again buys what it was signed for, once. */
class PaywallTroubleIT extends OnChain {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  @AfterEach
  void repair() {
    world.proxy.recover();
  }

  @Test
  void aNodeThatIsAwayBeforeVerifying() throws Exception {
    PaidShop shop = PaidShop.open(world, offer);
    PaymentPayload payment = shop.payment("/quote", buyer);

    world.proxy.failAll(RpcFault.DROPPED_BEFORE);
    HttpResponse<String> refused = shop.pay("/quote", payment);
    world.proxy.recover();

    retryable(refused, 503, "facilitator_unavailable");
    assertThat(shop.runs()).isZero();
    buysOnce(shop, payment);
  }

  @Test
  void aNodeThatGoesAwayBeforeSettling() throws Exception {
    PaidShop shop =
        PaidShop.open(
            world,
            offer,
            context -> {
              PaidShop.quote(context);
              world.proxy.failAll(RpcFault.DROPPED_BEFORE);
            });
    PaymentPayload payment = shop.payment("/quote", buyer);

    HttpResponse<String> refused = shop.pay("/quote", payment);
    world.proxy.recover();

    retryable(refused, 503, "settlement_unknown");
    assertThat(refused.body()).doesNotContain("\"quote\"");
    buysOnce(shop, payment);
  }

  @Test
  void aFacilitatorThatIsGone() throws Exception {
    PaidShop orphan =
        PaidShop.open(
            world, offer, new HttpFacilitator(NOBODY, HttpClient.newHttpClient()), PaidShop::quote);

    retryable(
        orphan.pay("/quote", orphan.payment("/quote", buyer)), 503, "facilitator_unavailable");

    assertThat(orphan.runs()).isZero();
    assertThat(spent()).isZero();
  }

  @Test
  void aTransactionThatIsNotMinedInTime() throws Exception {
    PaidShop shop =
        PaidShop.open(
            world,
            offer,
            world.facilitator(world.usdc, Duration.ofMillis(200)),
            context -> {
              context.header("X-Quote", "42");
              PaidShop.quote(context);
            });
    PaymentPayload payment = shop.payment("/quote", buyer);

    HttpResponse<String> pending = world.unmined(() -> shop.pay("/quote", payment));

    retryable(pending, 402, "settlement_pending");
    assertThat(PaidShop.settlement(pending).isPending()).isTrue();
    assertThat(pending.body()).doesNotContain("\"quote\"");
    assertThat(pending.headers().firstValue("X-Quote")).isEmpty();
    HttpResponse<String> served = buysOnce(shop, payment);
    assertThat(PaidShop.settlement(served).transaction())
        .isEqualTo(PaidShop.settlement(pending).transaction());
  }

  @Test
  void aHandlerThatFailsIsNotChargedAndTheSamePaymentMayTryAgain() throws Exception {
    AtomicBoolean failed = new AtomicBoolean();
    PaidShop shop =
        PaidShop.open(
            world,
            offer,
            context -> {
              if (!failed.getAndSet(true)) {
                throw new IllegalStateException("out of tea");
              }
              PaidShop.quote(context);
            });
    PaymentPayload payment = shop.payment("/quote", buyer);

    HttpResponse<String> refused = shop.pay("/quote", payment);

    assertThat(refused.statusCode()).isEqualTo(500);
    assertThat(PaidShop.problem(refused).path("code").stringValue()).isEqualTo("internal_error");
    assertThat(spent()).isZero();
    assertThat(shop.pay("/quote", payment).statusCode()).isEqualTo(200);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void aHandlersOwnRefusalIsNotCharged() throws Exception {
    Handler soldOut = context -> context.status(404).result("sold out");
    PaidShop shop = PaidShop.open(world, offer, soldOut);

    HttpResponse<String> refused = shop.pay("/quote", shop.payment("/quote", buyer));

    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(refused.body()).isEqualTo("sold out");
    assertThat(spent()).isZero();
  }

  @Test
  void anAnswerThatIsSentBeforeItIsPaidForIsNoSale() throws Exception {
    PaidShop shop = PaidShop.open(world, offer, PaywallTroubleIT::sendAtOnce);

    HttpResponse<String> response = shop.pay("/quote", shop.payment("/quote", buyer));

    assertThat(response.headers().firstValue("PAYMENT-RESPONSE")).isEmpty();
    assertThat(spent()).isZero();
  }

  private static void sendAtOnce(Context context) throws Exception {
    context.res().getOutputStream().write(PaidShop.QUOTE.getBytes(StandardCharsets.UTF_8));
    context.res().flushBuffer();
  }

  private static void retryable(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(PaidShop.problem(response).path("code").stringValue()).isEqualTo(code);
    assertThat(PaidShop.problem(response).path("retryable").booleanValue()).isTrue();
    assertThat(PaidShop.problem(response).path("detail").stringValue())
        .contains("Send the same payment again");
  }

  private HttpResponse<String> buysOnce(PaidShop shop, PaymentPayload payment) {
    HttpResponse<String> served = shop.pay("/quote", payment);
    assertThat(served.statusCode()).as(served.body()).isEqualTo(200);
    assertThat(served.body()).isEqualTo(PaidShop.QUOTE);
    assertThat(shop.runs()).isEqualTo(1);
    assertThat(spent()).isEqualTo(PRICE);
    return served;
  }
}
