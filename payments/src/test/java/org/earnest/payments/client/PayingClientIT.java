package org.earnest.payments.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.UnaryOperator;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.TokenAmount;
import org.earnest.payments.exact.ExactRequirements;
import org.earnest.payments.testing.OnChain;
import org.earnest.payments.testing.PaidShop;
import org.earnest.payments.testing.Payments;
import org.earnest.payments.testing.World;
import org.earnest.payments.wire.ExactEvmPayload;
import org.earnest.payments.wire.SettleResponse;
import org.junit.jupiter.api.Test;

/** The client in a shop: it pays what is asked within its policy, and else shows no payment. */
class PayingClientIT extends OnChain {
  private static final long CAP = 5 * PRICE;
  private static final URI ELSEWHERE = URI.create("https://elsewhere.example");

  @Test
  void itPaysThePriceThatIsAskedAndNotItsCap() throws Exception {
    PaidShop shop = PaidShop.open(world, offer);

    Exchange.Paid<String> paid = paid(buy(shop, policy -> policy.at(shop.uri("/"))));

    assertThat(paid.response().body()).isEqualTo(PaidShop.QUOTE);
    assertThat(paid.settlement().payer()).contains(buyer.address().hex());
    assertThat(ExactEvmPayload.parse(paid.payment().payload().payload()).authorization().value())
        .isEqualTo(PRICE);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void anAnswerThatGotLostIsHadAgainForTheSamePayment() throws Exception {
    PaidShop shop = PaidShop.open(world, offer);
    UnaryOperator<SpendingPolicy> here = policy -> policy.at(shop.uri("/"));
    Exchange.Paid<String> first = paid(buy(shop, here));

    Exchange<String> again =
        client(here).resend(request(shop), first.payment(), BodyHandlers.ofString());

    assertThat(paid(again).settlement()).isEqualTo(first.settlement());
    assertThat(again.response().body()).isEqualTo(PaidShop.QUOTE);
    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void aPriceAboveTheCapIsDeclined() throws Exception {
    declined(world.price(CAP + 1), "price_above_cap");
  }

  @Test
  void anAssetThatIsNotNamedIsDeclined() throws Exception {
    Caip19AssetId strange =
        new Caip19AssetId(world.chain.chainId(), new EvmAddress("0x" + "99".repeat(20)));

    declined(World.price(TokenAmount.of(strange, PRICE)), "asset_not_allowed");
  }

  @Test
  void theSameTokenOnAnotherNetworkIsDeclined() throws Exception {
    Caip19AssetId elsewhere = new Caip19AssetId(Payments.CHAIN, world.usdc.token());

    declined(World.price(TokenAmount.of(elsewhere, PRICE)), "network_not_allowed");
  }

  @Test
  void aHostThatIsNotNamedIsDeclined() throws Exception {
    declined(offer, "origin_not_allowed", policy -> policy.at(ELSEWHERE));
    declined(offer, "origin_not_allowed", policy -> policy);
  }

  @Test
  void aPayeeThatIsNotNamedIsDeclined() throws Exception {
    declined(offer, "payee_not_allowed", policy -> policy.to(buyer.address()));
    PaidShop shop = PaidShop.open(world, offer);

    paid(buy(shop, policy -> policy.to(World.SELLER)));

    assertThat(spent()).isEqualTo(PRICE);
  }

  @Test
  void aPaymentThatIsRefusedIsHandedBackWithTheReason() throws Exception {
    PaidShop shop =
        PaidShop.open(
            world,
            new ExactRequirements(
                offer.price(), offer.payTo(), offer.maxTimeout(), "USDC", offer.tokenVersion()));

    Exchange<String> exchange = buy(shop, policy -> policy.at(shop.uri("/")));

    assertThat(exchange)
        .isInstanceOfSatisfying(
            Exchange.NotTaken.class,
            refused -> assertThat(refused.payment().payload().accepted().payTo()).isNotEmpty());
    assertThat(PaidShop.required(exchange.response()).error())
        .contains("invalid_exact_evm_token_name_mismatch");
    assertThat(spent()).isZero();
  }

  private void declined(ExactRequirements asked, String code) throws Exception {
    PaidShop shop = PaidShop.open(world, asked);
    declined(shop, code, policy -> policy.at(shop.uri("/")));
  }

  private void declined(
      ExactRequirements asked, String code, UnaryOperator<SpendingPolicy> narrowed)
      throws Exception {
    declined(PaidShop.open(world, asked), code, narrowed);
  }

  private void declined(PaidShop shop, String code, UnaryOperator<SpendingPolicy> narrowed)
      throws Exception {
    assertThat(buy(shop, narrowed))
        .isInstanceOfSatisfying(
            Exchange.Declined.class, declined -> assertThat(declined.code()).isEqualTo(code));
    assertThat(shop.runs()).isZero();
    assertThat(spent()).isZero();
  }

  private Exchange<String> buy(PaidShop shop, UnaryOperator<SpendingPolicy> narrowed)
      throws Exception {
    return client(narrowed).send(request(shop), BodyHandlers.ofString());
  }

  private PayingHttpClient client(UnaryOperator<SpendingPolicy> narrowed) {
    return PayingHttpClient.wrap(
        HttpClient.newHttpClient(),
        buyer.signer(),
        narrowed.apply(SpendingPolicy.upTo(TokenAmount.of(world.usdc, CAP))));
  }

  private static HttpRequest request(PaidShop shop) {
    return HttpRequest.newBuilder(shop.uri("/quote")).build();
  }

  private static Exchange.Paid<String> paid(Exchange<String> exchange) {
    assertThat(exchange).as(exchange.response().body()).isInstanceOf(Exchange.Paid.class);
    Exchange.Paid<String> paid = (Exchange.Paid<String>) exchange;
    assertThat(paid.settlement()).matches(SettleResponse::success);
    return paid;
  }
}
