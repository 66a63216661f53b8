package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earnest.bindings.call.CreationCode;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.PaymentInfo;
import org.earnest.bindings.eip712.ReceiveWithAuthorization;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.payments.capture.CapturePayment;
import org.earnest.payments.capture.CaptureTerms;
import org.earnest.payments.facilitator.StoppedFacilitator.Step;
import org.earnest.payments.testing.Buyer;
import org.earnest.payments.testing.Doubles;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.PaymentPayload;
import org.earnest.payments.wire.SettleResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A facilitator killed with SIGKILL at each step of a settlement, then asked again: payments to a
 * seller and into escrow.
 */
class FacilitatorKilledIT extends OnChain {
  private static final BigInteger ETHER = BigInteger.TEN.pow(18);
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final Duration RULING = Duration.ofMinutes(1);

  private static EvmAddress operator;

  @TempDir Path folder;

  private enum Kind {
    EXACT,
    ESCROW;

    /**
     * What is kept of escrow and of a seller's payment is the same: there it is tried throughout.
     */
    Set<Step> steps() {
      return switch (this) {
        case EXACT -> EnumSet.complementOf(EnumSet.of(Step.NEVER));
        case ESCROW -> EnumSet.of(Step.BEGUN, Step.SENT, Step.MINED);
      };
    }
  }

  /** A payment of a buyer of its own, by an account of its own. */
  private record Case(Kind kind, LocalSigner relayer, Buyer payer, FacilitatorRequest payment) {}

  @BeforeAll
  static void install() {
    Doubles.installAuthCapture(world);
    operator =
        world.deploy(
            CreationCode.captureOperator(
                PaymentInfo.ESCROW,
                PaymentInfo.REFUND_COLLECTOR,
                LocalSigner.random().address(),
                WINDOW,
                RULING));
  }

  @Test
  void whateverStepItDiedAtThePaymentIsMadeOnce() throws Exception {
    Map<String, Case> cases = new TreeMap<>();
    for (Kind kind : Kind.values()) {
      for (Step step : kind.steps()) {
        String name = kind + "." + step;
        cases.put(name, written(name, kind));
      }
    }

    FacilitatorProcess.stopAll(world, folder, cases.keySet(), operator);
    Map<String, SettleResponse> answers = settledAgain(cases);
    Map<String, SettleResponse> later = settledAgain(cases);

    assertThat(answers).allSatisfy((name, answer) -> assertThat(answer.success()).isTrue());
    assertThat(later).isEqualTo(answers);
    cases.forEach(
        (name, one) -> {
          assertThat(world.balance(one.payer().address()))
              .as("what is left by " + name)
              .isEqualTo(World.PURSE - PRICE);
          assertThat(world.chain.transactionCount(one.relayer().address(), BlockTag.Named.LATEST))
              .as("transactions of " + name)
              .isEqualTo(BigInteger.ONE);
        });
  }

  private Case written(String name, Kind kind) throws Exception {
    Hash32 key = Payments.seed("relayer " + name + folder);
    LocalSigner relayer = LocalSigner.of(key.bytes());
    world.ether(relayer.address(), ETHER);
    Buyer payer = Buyer.funded(world);
    FacilitatorRequest payment =
        switch (kind) {
          case EXACT -> payer.payment(offer);
          case ESCROW -> intoEscrow(payer, name);
        };
    FacilitatorProcess.write(folder, name, key, payment);
    return new Case(kind, relayer, payer, payment);
  }

  private static FacilitatorRequest intoEscrow(Buyer payer, String name) {
    Instant now = Instant.now();
    CaptureTerms terms =
        new CaptureTerms(
            world.price(PRICE).price(),
            World.SELLER,
            Duration.ofMinutes(10),
            operator,
            now.plus(Duration.ofDays(1)),
            now.plus(Duration.ofDays(2)),
            "USD Coin",
            "2");
    Hash32 salt = Payments.seed("salt of " + name);
    long end = now.plus(terms.maxTimeout()).getEpochSecond();
    PaymentInfo info = terms.payment(payer.address(), end, new BigInteger(1, salt.bytes()));
    ReceiveWithAuthorization leave =
        new ReceiveWithAuthorization(
            payer.address(),
            PaymentInfo.COLLECTOR,
            terms.price().atomicUnits(),
            BigInteger.ZERO,
            BigInteger.valueOf(end),
            info.nonce(terms.price().asset().chain()));
    String signed = Hex.encode(payer.signer().sign(leave.message(terms.domain())));
    return FacilitatorRequest.of(
        new PaymentPayload(
            Optional.empty(),
            terms.toWire(),
            new CapturePayment(terms, leave, signed, salt).toPayload(),
            JsonNodeFactory.instance.objectNode(),
            JsonNodeFactory.instance.objectNode()),
        terms.toWire());
  }

  private static Map<String, SettleResponse> settledAgain(Map<String, Case> cases)
      throws Exception {
    Map<String, Future<SettleResponse>> asked = new TreeMap<>();
    Map<String, SettleResponse> answers = new TreeMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      cases.forEach(
          (name, one) ->
              asked.put(
                  name, threads.submit(() -> Payments.settle(facilitator(one), one.payment()))));
      for (Map.Entry<String, Future<SettleResponse>> answer : asked.entrySet()) {
        answers.put(answer.getKey(), answer.getValue().get());
      }
    }
    return answers;
  }

  private static EvmFacilitator facilitator(Case one) {
    return StoppedFacilitator.at(
        Step.NEVER,
        world.node(),
        world.database,
        FacilitatorPolicy.ofAssets(world.usdc).admitting(operator),
        one.relayer(),
        () -> {
          throw new AssertionError("it is not to stop");
        });
  }
}
