package org.earnest.payments.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.earnest.payments.testing.Payments.USDC;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.earnest.core.chain.TokenAmount;
import org.earnest.core.identity.Did;
import org.earnest.core.identity.DidDocument;
import org.earnest.core.identity.DidResolution;
import org.earnest.core.identity.DidUrl;
import org.earnest.core.identity.JwsVerifier;
import org.earnest.core.identity.ResolutionOptions;
import org.earnest.payments.testing.DidKey;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.wire.PaymentRequired;
import org.earnest.payments.wire.PaymentRequirements;
import org.earnest.payments.wire.ResourceInfo;
import org.earnest.payments.wire.SettleResponse;
import org.earnest.payments.wire.WireJson;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Where the guard asks for the seller's signature, nobody else's counts. */
class OfferSignersTest {
  private static final URI SHOP = URI.create("https://Seller.example:8443/quote");
  private static final Did OF_THE_SHOP = new Did("did:web:seller.example%3A8443");
  private static final SettleResponse SETTLED =
      SettleResponse.settled(
          Payments.BUYER.address().hex(),
          Payments.seed("transaction").hex(),
          Payments.CHAIN.toString());

  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final DidKey seller = DidKey.random();
  private final DidKey stranger = DidKey.random();
  private final Set<Did> asked = new HashSet<>();
  private Set<String> names = Set.of();

  @Test
  void aSellerWhoIsKnownSignsByItsOwnKeyAlone() {
    OfferSigners signers = OfferSigners.of(did(seller), keys(), this::document);

    assertThat(code(signers, signed(seller, same()))).isEqualTo("paid");
    assertThat(code(signers, signed(stranger, same()))).isEqualTo("offer_not_signed");
    assertThat(code(signers, unsigned())).isEqualTo("offer_not_signed");
  }

  @Test
  void whoHasTheOriginNamesTheKeysThatSign() {
    OfferSigners signers = OfferSigners.ofOrigin(keys(), this::document);

    assertThat(code(signers, signed(seller, same()))).isEqualTo("offer_not_signed");
    names = Set.of(did(seller).value(), "https://seller.example/about");
    assertThat(code(signers, signed(seller, same()))).isEqualTo("paid");
    assertThat(code(signers, signed(stranger, same()))).isEqualTo("offer_not_signed");
    assertThat(asked).as("whom a stranger names is not asked").containsExactly(OF_THE_SHOP);
  }

  @Test
  void ofTheSellersOwnSignaturesTheOneForThisOfferCounts() {
    OfferSigners signers = OfferSigners.of(did(seller), keys(), this::document);

    assertThat(code(signers, signed(seller, payload -> payload.put("amount", "1"))))
        .isEqualTo("signed_offer_differs");
    assertThat(code(signers, signed(seller, payload -> payload.put("validUntil", -1))))
        .isEqualTo("signed_offer_differs");
  }

  /** A true signature over something else, and beside it what would have been signed. */
  @Test
  void whatStandsBesideASignatureIsNotWhatItIsOver() {
    OfferSigners signers = OfferSigners.of(did(seller), keys(), this::document);
    PaymentRequired cheaper = signed(seller, payload -> payload.put("amount", "1"));
    ObjectNode offer = (ObjectNode) cheaper.extensions().at("/offer-receipt/info/offers").get(0);
    offer.set("payload", payload(cheaper, same()));

    assertThat(code(signers, cheaper)).isEqualTo("offer_not_signed");
  }

  @Test
  void anAddressThatNoDidNamesIsNotPaid() {
    OfferSigners signers = OfferSigners.ofOrigin(keys(), this::document);

    assertThat(signers.made(signed(seller, same()), URI.create("https://[::1]/quote"))).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void aReceiptIsWorthWhatItsSellerSigned() {
    OfferSigners signers = OfferSigners.of(did(seller), keys(), this::document);
    ReceiptStanding unread =
        new SignedReceipt(paid(seller, same()))
            .standing(Payments.BUYER.address(), Optional.empty());

    assertThat(standing(signers, paid(seller, same()))).isEqualTo(ReceiptStanding.GOOD);
    assertThat(standing(signers, paid(stranger, same()))).isEqualTo(ReceiptStanding.FORGED);
    for (String member : List.of("payer", "network", "transaction")) {
      assertThat(standing(signers, paid(seller, payload -> payload.put(member, "another"))))
          .as(member)
          .isEqualTo(ReceiptStanding.FORGED);
    }
    assertThat(standing(signers, SETTLED)).isEqualTo(ReceiptStanding.ABSENT);
    assertThat(unread).isEqualTo(ReceiptStanding.UNJUDGED);
  }

  @Test
  void whatAReceiptIsWorthStaysInTheJournal() {
    for (ReceiptStanding standing : ReceiptStanding.values()) {
      JournalEvent event = new JournalEvent.Settled(Payments.seed("paid"), Instant.EPOCH, standing);
      String line = new String(JournalLine.write(event), StandardCharsets.UTF_8).strip();

      assertThat(JournalLine.read(line)).contains(event);
    }
  }

  private static ReceiptStanding standing(OfferSigners signers, SettleResponse settlement) {
    SpendingPolicy policy =
        SpendingPolicy.upTo(TokenAmount.of(USDC, 1_000)).at(SHOP).signedBy(signers);
    return new SignedReceipt(settlement)
        .standing(Payments.BUYER.address(), policy.madeBySeller(SHOP));
  }

  private static SettleResponse paid(DidKey key, UnaryOperator<ObjectNode> change) {
    ObjectNode payload =
        JsonNodeFactory.instance
            .objectNode()
            .put("version", 1)
            .put("network", SETTLED.network())
            .put("payer", Payments.BUYER.address().hex())
            .put("transaction", SETTLED.transaction());
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    rest.putObject("extensions")
        .putObject("offer-receipt")
        .putObject("info")
        .putObject("receipt")
        .put("format", "jws")
        .put("signature", jws(key, change.apply(payload)));
    return SETTLED.with(rest);
  }

  private DidResolution document(Did did, ResolutionOptions options) {
    asked.add(did);
    return did.method().equals("web")
        ? new DidResolution.Resolved(
            new DidDocument(OF_THE_SHOP, names, List.of(), Map.of(), List.of()))
        : new DidResolution.Resolved(
            new DidDocument(did, Set.of(), List.of(), Map.of(), List.of()));
  }

  /** By the two keys that there are here. */
  private JwsVerifier keys() {
    return (signers, jws) ->
        List.of(seller, stranger).stream()
            .filter(key -> signers.contains(did(key)))
            .anyMatch(key -> isBy(key, jws));
  }

  private static boolean isBy(DidKey key, String jws) {
    try {
      return !key.verified(jws).isEmpty();
    } catch (AssertionError | GeneralSecurityException another) {
      return false;
    }
  }

  private static Did did(DidKey key) {
    DidUrl method = key.verificationMethod();
    return method.did();
  }

  private static String code(OfferSigners signers, PaymentRequired required) {
    SpendingPolicy policy =
        SpendingPolicy.upTo(TokenAmount.of(USDC, 1_000)).at(SHOP).signedBy(signers);
    Purchase purchase =
        new Purchase(Payments.seed("purchase"), Payments.seed("route"), Origins.of(SHOP), SHOP);
    Selection selection =
        new Selection(
            policy,
            purchase,
            new Ledger(),
            Instant.EPOCH,
            policy.signatures(required, purchase.address()));
    return switch (selection.choose(required)) {
      case Choice.Decline decline -> decline.code();
      case Choice.Pay pay -> "paid";
    };
  }

  private static PaymentRequired unsigned() {
    return PaymentRequired.of(
        "Payment required",
        ResourceInfo.of(SHOP.toString(), "a quote", "application/json"),
        List.of(Payments.offer().toWire()));
  }

  private static UnaryOperator<ObjectNode> same() {
    return UnaryOperator.identity();
  }

  private static ObjectNode payload(PaymentRequired required, UnaryOperator<ObjectNode> change) {
    PaymentRequirements offer = required.accepts().getFirst();
    return change.apply(
        offer.toJson().put("version", 1).put("resourceUrl", required.resource().url()));
  }

  private static PaymentRequired signed(DidKey key, UnaryOperator<ObjectNode> change) {
    PaymentRequired required = unsigned();
    String jws = jws(key, payload(required, change));
    ObjectNode extensions = JsonNodeFactory.instance.objectNode();
    extensions
        .putObject("offer-receipt")
        .putObject("info")
        .putArray("offers")
        .addObject()
        .put("format", "jws")
        .put("acceptIndex", 0)
        .put("signature", jws);
    return new PaymentRequired(
        required.error(), required.resource(), required.accepts(), extensions, required.rest());
  }

  private static String jws(DidKey key, ObjectNode payload) {
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    header.put("alg", "EdDSA").put("kid", key.verificationMethod().toString());
    String input = encoded(WireJson.write(header)) + "." + encoded(WireJson.write(payload));
    return input + "." + encoded(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String encoded(byte[] bytes) {
    return BASE64URL.encodeToString(bytes);
  }
}
