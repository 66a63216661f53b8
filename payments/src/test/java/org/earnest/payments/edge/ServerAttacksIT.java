package org.earnest.payments.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.facilitator.Facilitator;
import org.earnest.payments.facilitator.FacilitatorUnavailableException;
import org.earnest.payments.testing.Authorizations;
import org.earnest.payments.testing.Buyer;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.Together;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentHeaders;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.SupportedResponse;
import org.earnest.payments.wire.VerifyResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * The known attacks on who sells, and on who settles for them, each played on a real chain. Each
 * test ends with what it measured, and the last thing printed is the table of them.
 */
class ServerAttacksIT extends OnChain {
  private static final int ATTACKS = 10;
  private static final int AT_ONCE = 10;
  private static final Duration CLOCK_OFF = Duration.ofMinutes(10);
  private static final Map<String, String> TABLE = new TreeMap<>();

  private PaidShop shop;
  private long transactions;

  @BeforeEach
  void open(TestInfo test) throws Exception {
    TABLE.put(test.getDisplayName(), "FELL TO");
    shop = PaidShop.open(world, offer);
    transactions = world.transactions();
  }

  @AfterAll
  static void table() {
    TABLE.forEach((attack, outcome) -> System.out.println("| " + attack + " | " + outcome + " |"));
    long withstood = TABLE.values().stream().filter(each -> each.startsWith("withstood")).count();
    System.out.println("server-side attacks withstood: " + withstood + " of " + ATTACKS);
    assertThat(TABLE).hasSize(ATTACKS).doesNotContainValue("FELL TO");
  }

  @Test
  void duplicateSettleRace(TestInfo test) throws Exception {
    PaymentPayload payment = shop.payment("/quote", buyer);

    List<HttpResponse<String>> answers =
        Together.ask(
            AT_ONCE, Collections.nCopies(AT_ONCE, payment), each -> shop.pay("/quote", each));

    assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
    measured(test, 1, 1);
  }

  @Test
  void replayUnderAnotherBody(TestInfo test) throws Exception {
    String header = PaymentHeaders.encode(shop.payment("/quote", buyer));
    String name = PaymentHeaders.PAYMENT_SIGNATURE;
    assertThat(shop.post("/quote", new byte[] {1}, name, header).statusCode()).isEqualTo(200);

    for (byte body = 2; body < AT_ONCE; body++) {
      assertThat(shop.post("/quote", new byte[] {body}, name, header).statusCode()).isEqualTo(409);
    }
    assertThat(shop.get("/quote", name, header).statusCode()).isEqualTo(409);
    measured(test, 1, 1);
  }

  @Test
  void crossResourceSubstitution(TestInfo test) {
    PaymentPayload payment = shop.payment("/quote", buyer);
    assertThat(shop.pay("/other", payment).statusCode()).isEqualTo(402);
    assertThat(shop.pay("/quote", payment).statusCode()).isEqualTo(200);
    assertThat(shop.pay("/other", payment).statusCode()).isEqualTo(402);
    measured(test, 1, 1);
  }

  @Test
  void revertGrant(TestInfo test) throws Exception {
    shop =
        PaidShop.open(
            world,
            offer,
            context -> {
              PaidShop.quote(context);
              empty(buyer);
            });
    PaymentPayload payment = shop.payment("/quote", buyer);

    HttpResponse<String> answer = shop.pay("/quote", payment);

    assertThat(answer.statusCode()).isEqualTo(402);
    assertThat(answer.body()).doesNotContain("\"quote\"");
    TABLE.put(test.getDisplayName(), "withstood: money gone while served; nothing delivered");
  }

  /** Moves the money away while what it buys is being made. */
  private void empty(Buyer payer) {
    EvmAddress elsewhere = new EvmAddress("0x" + "77".repeat(20));
    world.sendAs(
        payer.address(),
        new TokenCalls(world.usdc.token()).transfer(elsewhere, BigInteger.valueOf(World.PURSE)));
  }

  @Test
  void preemption(TestInfo test) throws Exception {
    AtomicBoolean brought = new AtomicBoolean();
    List<PaymentPayload> seen = new ArrayList<>();
    shop =
        PaidShop.open(
            world,
            offer,
            context -> {
              PaidShop.quote(context);
              if (!brought.getAndSet(true)) {
                FacilitatorRequest stolen = FacilitatorRequest.of(seen.getFirst(), offer.toWire());
                world.send(Payments.read(stolen).transfer());
              }
            });
    seen.add(shop.payment("/quote", buyer));

    HttpResponse<String> answer = shop.payPatiently("/quote", seen.getFirst());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    measured(test, 1, 0);
  }

  @Test
  void settledButDenied(TestInfo test) throws Exception {
    AtomicBoolean lost = new AtomicBoolean();
    shop = PaidShop.open(world, offer, losing(lost), PaidShop::quote);
    PaymentPayload payment = shop.payment("/quote", buyer);

    assertThat(shop.pay("/quote", payment).statusCode()).isEqualTo(503);
    HttpResponse<String> again = shop.payPatiently("/quote", payment);

    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    measured(test, 1, 1);
  }

  /** Settles, and is gone before it says so, once. */
  private Facilitator losing(AtomicBoolean lost) {
    Facilitator real = world.remoteFacilitator();
    return new Facilitator() {
      @Override
      public VerifyResponse verify(FacilitatorRequest request) {
        return real.verify(request);
      }

      @Override
      public SettleResponse settle(FacilitatorRequest request, Duration patience) {
        SettleResponse settled = real.settle(request, World.ANSWER_PATIENCE);
        if (lost.getAndSet(true)) {
          return settled;
        }
        throw new FacilitatorUnavailableException("the answer was lost");
      }

      @Override
      public SupportedResponse supported() {
        return real.supported();
      }
    };
  }

  @Test
  void allowanceOverdraft(TestInfo test) throws Exception {
    long all = World.PURSE;
    shop = PaidShop.open(world, world.price(all));
    List<PaymentPayload> payments = new ArrayList<>();
    for (int each = 0; each < AT_ONCE; each++) {
      payments.add(shop.payment("/quote", buyer));
    }

    List<HttpResponse<String>> answers =
        Together.ask(AT_ONCE, payments, payment -> shop.pay("/quote", payment));

    assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.statusCode() != 200)
        .allMatch(answer -> !answer.body().contains("\"quote\""));
    assertThat(spent()).isEqualTo(all);
    TABLE.put(test.getDisplayName(), "withstood: 10 payments of one purse; 1 delivered, 1 paid");
  }

  @Test
  void gasDrain(TestInfo test) throws Exception {
    PaidShop strange =
        PaidShop.open(
            world,
            World.price(
                TokenAmount.of(
                    new Caip19AssetId(
                        world.chain.chainId(), new EvmAddress("0x" + "99".repeat(20))),
                    PRICE)));
    PaymentPayload good = shop.payment("/quote", buyer);
    ExactEvmPayload signed = ExactEvmPayload.parse(good.payload());
    String undeployed = signed.signature() + "6492".repeat(16);
    PaymentPayload counterfactual =
        new PaymentPayload(
            good.resource(),
            good.accepted(),
            new ExactEvmPayload(undeployed, signed.authorization()).toJson(),
            good.extensions(),
            good.rest());

    code(strange.pay("/quote", strange.payment("/quote", buyer)), "asset_not_allowed");
    code(shop.pay("/quote", counterfactual), "invalid_exact_evm_signature");
    assertThat(strange.runs()).isZero();
    measured(test, 0, 0);
  }

  @Test
  void cacheLeakAndHeaderConfusion(TestInfo test) {
    String name = PaymentHeaders.PAYMENT_SIGNATURE;
    String header = PaymentHeaders.encode(shop.payment("/quote", buyer));
    HttpResponse<String> unpaid = shop.get("/quote");
    HttpResponse<String> paid = shop.get("/quote", name, header);

    assertThat(unpaid.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(paid.headers().firstValue("Cache-Control")).contains("private");
    assertThat(paid.headers().firstValue("Vary")).contains("PAYMENT-SIGNATURE, X-PAYMENT");
    code(shop.get("/quote", name, header, name, header), "ambiguous_payment");
    code(shop.get("/quote", name, header, PaymentHeaders.V1_PAYMENT, header), "ambiguous_payment");
    measured(test, 1, 1);
  }

  @Test
  void clocksTenMinutesOff(TestInfo test) {
    Instant now = Instant.now();
    PaymentPayload early =
        shop.payment("/quote", buyer, signed -> Authorizations.after(signed, now.plus(CLOCK_OFF)));
    PaymentPayload late =
        shop.payment("/quote", buyer, signed -> Authorizations.until(signed, now.minus(CLOCK_OFF)));

    code(shop.pay("/quote", early), "invalid_exact_evm_payload_authorization_valid_after");
    code(shop.pay("/quote", late), "invalid_exact_evm_payload_authorization_valid_before");
    measured(test, 0, 0);
  }

  private static void code(HttpResponse<String> answer, String code) {
    assertThat(PaidShop.problem(answer).path("code").asString("")).isEqualTo(code);
  }

  /** How often the handler ran, and how many transactions the facilitator sent. */
  private void measured(TestInfo test, int delivered, long sent) {
    assertThat(shop.runs()).isEqualTo(delivered);
    assertThat(world.transactions() - transactions).isEqualTo(sent);
    assertThat(spent()).isEqualTo(delivered * PRICE);
    TABLE.put(
        test.getDisplayName(),
        "withstood: handler ran %d, transactions %d, paid %d".formatted(delivered, sent, spent()));
  }
}
