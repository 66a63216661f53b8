package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.bindings.eip712.Permit;
import org.earnest.bindings.eip712.Permit2Transfer;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.permit2.Permit2Requirements;
import org.earnest.payments.permit2.SponsoredPermit;
import org.earnest.payments.testing.Doubles;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.Permit2Buyer;
import org.earnest.payments.testing.Together;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.VerifyResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payments that bring a permit for Permit2 along: of one account, one at a time. */
class PermitsIT extends OnChain {
  private final LocalSigner key = LocalSigner.random();
  private final Permit2Buyer stranger = new Permit2Buyer(key, key.address());

  private Facilitator facilitator;
  private EvmFacilitator impatient;
  private Permit2Requirements terms;

  @BeforeAll
  static void install(@TempDir Path folder) {
    Doubles.installPermit2(world);
  }

  @BeforeEach
  void connect() {
    world.mint(key.address());
    terms =
        new Permit2Requirements(
            TokenAmount.of(world.usdc, PRICE),
            World.SELLER,
            Duration.ofMinutes(1),
            Optional.empty());
    facilitator = world.remoteFacilitator();
    impatient = world.facilitator(FacilitatorPolicy.ofAssets(world.usdc), Duration.ofMillis(100));
  }

  /** The second would be mined in vain: the token counts the first one's permit. */
  @Test
  void ofTwoPermitsWithOneNonceOneIsBroughtOnChain() {
    oneIsBroughtOnChain(List.of(permitting(0, 0), permitting(0, 0)));
  }

  /** Nothing holds the nonce that is named against the one that was signed. */
  @Test
  void aNonceThatIsNotTheSignedOneBringsNoSecondPermitOnChain() {
    oneIsBroughtOnChain(List.of(permitting(0, 0), permitting(0, 7)));
  }

  private void oneIsBroughtOnChain(List<FacilitatorRequest> both) {
    long before = world.transactions();

    List<SettleResponse> answers =
        world.unmined(
            () -> {
              both.forEach(one -> assertThat(impatient.verify(one).isValid()).isTrue());
              return together(both, impatient);
            });

    assertThat(answers)
        .extracting(answer -> answer.errorReason().orElse("settled"))
        .containsExactlyInAnyOrder("settlement_pending", "eip2612_nonce_in_use");
    List<SettleResponse> later =
        both.stream().map(one -> Payments.settle(facilitator, one)).toList();
    assertThat(later).filteredOn(SettleResponse::success).hasSize(1);
    assertThat(world.transactions() - before).isEqualTo(1);
    assertThat(world.balance(key.address())).isEqualTo(World.PURSE - PRICE);
  }

  @Test
  void aSecondOneIsNotGoodWhileTheFirstIsUnderWayAndIsOnceItIsMined() {
    FacilitatorRequest first = permitting(0, 0);
    FacilitatorRequest second = permitting(0, 1);
    FacilitatorRequest next = permitting(1, 1);

    List<VerifyResponse> meanwhile =
        world.unmined(
            () -> {
              await()
                  .atMost(Duration.ofMinutes(2))
                  .until(() -> !impatient.settle(first).transaction().isEmpty());
              return List.of(impatient.verify(first), impatient.verify(second));
            });

    assertThat(meanwhile.getFirst().isValid()).isTrue();
    assertThat(meanwhile.getLast().invalidReason()).contains("eip2612_nonce_in_use");
    // Nobody has asked for the first one since: that it is mined is seen when the next one comes.
    assertThat(impatient.verify(second).isValid()).isFalse();
    assertThat(impatient.settle(second).success()).isFalse();
    assertThat(Payments.settle(impatient, next).success()).isTrue();
    assertThat(world.balance(key.address())).isEqualTo(World.PURSE - 2 * PRICE);
  }

  private static List<SettleResponse> together(
      List<FacilitatorRequest> payments, Facilitator asked) {
    try {
      return Together.ask(payments.size(), payments, asked::settle);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private FacilitatorRequest permitting(long signed, long named) {
    FacilitatorRequest payment = stranger.payment(terms);
    Instant end = Instant.now().plus(Duration.ofMinutes(10));
    Permit permit = permit(signed, end);
    byte[] signature =
        stranger.signer().sign(permit.message(terms.permitting("USD Coin", "2").token().get()));
    SponsoredPermit sponsored =
        new SponsoredPermit(world.usdc.token(), permit(named, end), Hex.encode(signature));
    return FacilitatorRequest.of(
        payment.payment().extended(sponsored.addedTo(payment.payment().extensions())),
        terms.toWire());
  }

  private Permit permit(long nonce, Instant end) {
    return new Permit(
        stranger.payer(),
        Permit2Transfer.PERMIT2,
        terms.price().atomicUnits(),
        BigInteger.valueOf(nonce),
        BigInteger.valueOf(end.getEpochSecond()));
  }
}
