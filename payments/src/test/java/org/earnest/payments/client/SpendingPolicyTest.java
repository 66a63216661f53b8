package org.earnest.payments.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.payments.testing.Payments.SELLER;
import static org.earnest.payments.testing.Payments.USDC;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.ResourceInfo;
import org.earnest.payments.wire.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Nothing is paid that was not allowed by name. */
class SpendingPolicyTest {
  private static final URI SHOP = URI.create("https://seller.example/quote");
  private static final SpendingPolicy CAP = SpendingPolicy.upTo(TokenAmount.of(USDC, 1_000));
  private static final Purchase PURCHASE =
      new Purchase(Payments.seed("purchase"), Payments.seed("route"), Origins.of(SHOP), SHOP);
  private static final EvmAddress STRANGER = new EvmAddress("0x" + "11".repeat(20));

  @Test
  void whatIsAllowedIsPaid() {
    assertThat(choice(CAP.at(SHOP), Payments.offer())).isInstanceOf(Choice.Pay.class);
    assertThat(choice(CAP.to(SELLER), Payments.offer())).isInstanceOf(Choice.Pay.class);
  }

  @Test
  void aCapAloneAllowsNobody() {
    assertThat(code(CAP, Payments.offer())).isEqualTo("origin_not_allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://seller.example/quote",
        "https://seller.example:8443/quote",
        "https://seller.example.evil/quote",
        "https://sub.seller.example/quote"
      })
  void anotherOriginIsNotPaid(String address) {
    assertThat(CAP.at(SHOP).allows(URI.create(address))).isFalse();
  }

  @Test
  void anOriginHasOneForm() {
    assertThat(CAP.at(SHOP).allows(URI.create("HTTPS://Seller.Example:443/x"))).isTrue();
  }

  @Test
  void moreThanTheCapIsNotPaid() {
    assertThat(code(CAP.at(SHOP), priced(USDC, 1_001))).isEqualTo("price_above_cap");
  }

  @Test
  void anotherTokenOrChainIsNotPaid() {
    Caip19AssetId fake = new Caip19AssetId(USDC.chain(), STRANGER);
    Caip19AssetId elsewhere = new Caip19AssetId(Caip2ChainId.eip155(1), USDC.token());

    assertThat(code(CAP.at(SHOP), priced(fake, 1))).isEqualTo("asset_not_allowed");
    assertThat(code(CAP.at(SHOP), priced(elsewhere, 1))).isEqualTo("network_not_allowed");
  }

  @Test
  void anotherPayeeIsNotPaidWherePayeesAreNamed() {
    assertThat(code(CAP.at(SHOP).to(STRANGER), Payments.offer())).isEqualTo("payee_not_allowed");
  }

  @Test
  void theOneOfferThatMayBePaidIsChosen() {
    ExactRequirements dear = priced(USDC, 9_999);
    PaymentRequirements unknown = unknown();

    Choice choice =
        choose(CAP.at(SHOP), required(unknown, dear.toWire(), Payments.offer().toWire()));

    assertThat(choice)
        .isEqualTo(new Choice.Pay(Payments.offer().toWire(), Payments.offer(), Optional.empty()));
  }

  @Test
  void severalObjectionsAreAllNamed() {
    Choice choice = choose(CAP.at(SHOP), required(unknown(), priced(USDC, 9_999).toWire()));

    assertThat(choice)
        .isInstanceOfSatisfying(
            Choice.Decline.class,
            decline -> {
              assertThat(decline.code()).isEqualTo("no_acceptable_offer");
              assertThat(decline.detail())
                  .contains("price_above_cap", "invalid_exact_evm_network_mismatch");
            });
  }

  @Test
  void aServerCannotStretchAPaymentsLife() {
    SpendingPolicy policy = CAP.at(SHOP).livingAtMost(Duration.ofSeconds(30));

    assertThat(policy.lifetime(Payments.offer())).isEqualTo(Duration.ofSeconds(30));
    assertThat(CAP.at(SHOP).lifetime(Payments.offer())).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void whatASellerHasSignedIsWhatItMayAsk() {
    PaymentRequirements offer = Payments.offer().toWire();
    PaymentRequired signed = signed(required(offer), UnaryOperator.identity());
    PaymentRequirements dearer = offer.costing(offer.amount().subtract(BigInteger.ONE));
    PaymentRequirements elsewhere =
        new PaymentRequirements(
            offer.scheme(),
            offer.network(),
            offer.amount(),
            offer.asset(),
            STRANGER.hex(),
            offer.maxTimeoutSeconds(),
            offer.extra(),
            offer.rest());

    assertThat(choose(CAP.at(SHOP), signed)).isInstanceOf(Choice.Pay.class);
    for (PaymentRequirements changed : List.of(dearer, elsewhere)) {
      assertThat(choose(CAP.at(SHOP), asking(signed, changed)))
          .isInstanceOfSatisfying(
              Choice.Decline.class,
              decline -> assertThat(decline.code()).isEqualTo("signed_offer_differs"));
    }
  }

  @Test
  void aSignedOfferIsForOneResourceAndUntilItsEnd() {
    PaymentRequired required = required(Payments.offer().toWire());
    String shouted = required.resource().url().toUpperCase(Locale.ROOT);

    for (long until : new long[] {0, 1}) {
      assertThat(choose(CAP.at(SHOP), signed(required, p -> p.put("validUntil", until))))
          .isInstanceOf(Choice.Pay.class);
    }
    List<UnaryOperator<ObjectNode>> changes =
        List.of(
            payload -> payload.put("resourceUrl", shouted),
            payload -> payload.put("validUntil", -1),
            payload -> payload.put("validUntil", "soon"));
    for (UnaryOperator<ObjectNode> change : changes) {
      assertThat(choose(CAP.at(SHOP), signed(required, change)))
          .isInstanceOfSatisfying(
              Choice.Decline.class,
              decline -> assertThat(decline.code()).isEqualTo("signed_offer_differs"));
    }
  }

  /** As a seller signs; by whom is not judged. */
  private static PaymentRequired signed(
      PaymentRequired required, UnaryOperator<ObjectNode> change) {
    ObjectNode offer = required.accepts().getFirst().toJson();
    ObjectNode payload =
        change.apply(offer.put("version", 1).put("resourceUrl", required.resource().url()));
    String encoded =
        Base64.getUrlEncoder().withoutPadding().encodeToString(WireJson.write(payload));
    ObjectNode extensions = JsonNodeFactory.instance.objectNode();
    extensions
        .putObject("offer-receipt")
        .putObject("info")
        .putArray("offers")
        .addObject()
        .put("format", "jws")
        .put("acceptIndex", 0)
        .put("signature", "e30." + encoded + ".AA");
    return new PaymentRequired(
        required.error(), required.resource(), required.accepts(), extensions, required.rest());
  }

  private static PaymentRequired asking(PaymentRequired signed, PaymentRequirements changed) {
    return new PaymentRequired(
        signed.error(), signed.resource(), List.of(changed), signed.extensions(), signed.rest());
  }

  private static PaymentRequirements unknown() {
    PaymentRequirements usual = Payments.offer().toWire();
    return new PaymentRequirements(
        "exact", "solana:x", usual.amount(), "USDC", "somebody", 60, usual.extra(), usual.rest());
  }

  private static ExactRequirements priced(Caip19AssetId asset, long amount) {
    return new ExactRequirements(
        TokenAmount.of(asset, amount), SELLER, Duration.ofMinutes(1), "USDC", "2");
  }

  private static Choice choice(SpendingPolicy policy, ExactRequirements offer) {
    return choose(policy, required(offer.toWire()));
  }

  private static Choice choose(SpendingPolicy policy, PaymentRequired required) {
    return new Selection(
            policy, PURCHASE, new Ledger(), Instant.EPOCH, policy.signatures(required, SHOP))
        .choose(required);
  }

  private static String code(SpendingPolicy policy, ExactRequirements offer) {
    return switch (choice(policy, offer)) {
      case Choice.Decline decline -> decline.code();
      case Choice.Pay pay -> throw new AssertionError("paid: " + pay);
    };
  }

  private static PaymentRequired required(PaymentRequirements... offers) {
    return PaymentRequired.of(
        "Payment required",
        ResourceInfo.of(SHOP.toString(), "a quote", "application/json"),
        List.of(offers));
  }
}
