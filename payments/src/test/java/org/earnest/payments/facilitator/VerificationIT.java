package org.earnest.payments.facilitator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hex;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.testing.Authorizations;
import org.earnest.payments.testing.Buyer;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.FacilitatorRequest;
import org.earnest.payments.wire.VerifyResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a facilitator says of payments, and what it asks the chain for that. */
class VerificationIT extends OnChain {
  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
  private static final List<String> READS =
      List.of("eth_call", "eth_getCode", "eth_getBlockByNumber", "eth_getLogs");

  private Facilitator facilitator;

  @BeforeEach
  void connect() {
    facilitator = world.remoteFacilitator();
  }

  @Test
  void aGoodPaymentCostsOneCallToTheNode() {
    facilitator.verify(buyer.payment(offer));
    long before = reads();

    VerifyResponse verdict = facilitator.verify(buyer.payment(offer));

    assertThat(verdict).isEqualTo(VerifyResponse.valid(buyer.address().hex()));
    assertThat(reads() - before).isEqualTo(1);
  }

  @Test
  void whatIsWrongByItselfCostsNoCallToTheNode() {
    ExactRequirements elsewhere = priced(new Caip19AssetId(Payments.CHAIN, world.usdc.token()));
    ExactRequirements inAnotherToken = priced(token("99"));
    long before = reads();

    assertThat(
            List.of(
                reason(buyer.payment(offer, a -> Authorizations.valued(a, PRICE - 1))),
                reason(buyer.payment(offer, a -> Authorizations.paying(a, buyer.address()))),
                reason(buyer.payment(offer, a -> Authorizations.until(a, now(-1)))),
                reason(buyer.payment(offer, a -> Authorizations.after(a, now(600)))),
                reason(buyer.payment(elsewhere)),
                reason(buyer.payment(inAnotherToken))))
        .containsExactly(
            "invalid_exact_evm_payload_authorization_value_mismatch",
            "invalid_exact_evm_recipient_mismatch",
            "invalid_exact_evm_payload_authorization_valid_before",
            "invalid_exact_evm_payload_authorization_valid_after",
            "invalid_exact_evm_network_mismatch",
            "asset_not_allowed");
    assertThat(reads() - before).isZero();
  }

  @Test
  void aSignatureOfSomebodyElseIsRefused() {
    assertThat(reason(Payments.signed(offer, buyer.authorization(offer), LocalSigner.random())))
        .isEqualTo("invalid_exact_evm_signature");
  }

  @Test
  void theOtherFormOfASignatureIsRefused() {
    ExactEvmPayload good = ExactEvmPayload.parse(buyer.payment(offer).payment().payload());

    FacilitatorRequest mirrored =
        Payments.unsigned(
            offer, new ExactEvmPayload(mirror(good.signature()), good.authorization()));

    assertThat(reason(mirrored)).isEqualTo("invalid_exact_evm_signature");
  }

  @Test
  void anEmptyPurseIsNamedByTheRehearsalAlone() {
    assertThat(facilitator.verify(buyer.payment(offer)).isValid()).isTrue();
    long before = reads();

    assertThat(reason(Buyer.penniless().payment(offer)))
        .isEqualTo("invalid_exact_evm_insufficient_balance");
    assertThat(reads() - before).isEqualTo(1);
  }

  @Test
  void aDomainThatIsNotTheTokensIsNamed() {
    assertThat(reason(buyer.payment(domain(name -> "USDC", version -> version))))
        .isEqualTo("invalid_exact_evm_token_name_mismatch");
    assertThat(reason(buyer.payment(domain(name -> name, version -> "1"))))
        .isEqualTo("invalid_exact_evm_token_version_mismatch");
  }

  @Test
  void anAllowedAddressWithoutCodeIsNamed() {
    Caip19AssetId nothing = token("77");
    facilitator = world.facilitator(nothing, Duration.ofSeconds(5));

    assertThat(reason(buyer.payment(priced(nothing)))).isEqualTo("asset_not_deployed_contract");
  }

  private ExactRequirements domain(UnaryOperator<String> name, UnaryOperator<String> version) {
    return new ExactRequirements(
        offer.price(),
        offer.payTo(),
        offer.maxTimeout(),
        name.apply(offer.tokenName()),
        version.apply(offer.tokenVersion()));
  }

  private static ExactRequirements priced(Caip19AssetId asset) {
    return World.price(TokenAmount.of(asset, PRICE));
  }

  private static Caip19AssetId token(String everyByte) {
    return new Caip19AssetId(
        world.chain.chainId(), new EvmAddress("0x" + everyByte.repeat(EvmAddress.BYTES)));
  }

  private static Instant now(long later) {
    return Instant.now().plusSeconds(later);
  }

  /** {@code (r, n - s)} with the other parity: as valid to naive recovery, and malleable. */
  private static String mirror(String signature) {
    byte[] bytes = Hex.decode(signature);
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(bytes, 32, 64));
    String high = "%064x".formatted(ORDER.subtract(s));
    String v = bytes[64] == 27 ? "1c" : "1b";
    return signature.substring(0, 2 + 64) + high + v;
  }

  private String reason(FacilitatorRequest request) {
    VerifyResponse verdict = facilitator.verify(request);
    assertThat(verdict.isValid()).isFalse();
    assertThat(verdict.invalidMessage()).isNotEmpty();
    return verdict.invalidReason().orElseThrow();
  }

  private static long reads() {
    return READS.stream().mapToLong(world.proxy::calls).sum();
  }
}
