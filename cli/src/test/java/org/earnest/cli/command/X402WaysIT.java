package org.earnest.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.crypto.ChecksumAddress;
import org.earnest.cli.host.FacilitatorWelcome;
import org.earnest.cli.x402.EscrowSales;
import org.earnest.cli.x402.MeteredSales;
import org.earnest.cli.x402.Shop;
import org.earnest.cli.x402.ShopPlan;
import org.earnest.cli.x402.ShopWays;
import org.earnest.cli.x402.ShopWelcome;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.EvmAddress;
import org.earnest.kit.process.Lifecycle;
import org.earnest.kit.process.StartupException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Calls that are paid by what they came to, or into escrow, from the command line alone. */
class X402WaysIT extends X402OnChain {
  @Test
  void whatAnAnswerSaysThatItCostIsCharged() throws Exception {
    try (ShopProcess shop =
        ShopProcess.start(
            "--scheme",
            "upto",
            "--forward",
            "http://127.0.0.1:" + behind.getAddress().getPort(),
            "--facilitator",
            facilitator.uri().toString(),
            "--port",
            "0",
            "--state",
            folder.resolve("shop" + shops++).toString())) {
      assertThat(shop.said().path("chargeHeader").asString()).isEqualTo("X402-Charge");
      long before = money(BUYER);

      JsonNode unapproved = pay(shop.uri() + "/ask?1", 1);
      assertThat(unapproved.path("body").asString()).contains("permit2_allowance_required");
      String stranger = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";
      assertThat(pay(shop.uri() + "/ask?2", 1, "--signed-by", stranger).path("code").asString())
          .isEqualTo("offer_not_signed");
      JsonNode cheap =
          pay(
              shop.uri() + "/ask?0.0004001",
              0,
              "--rpc-url",
              chain.url().toString(),
              "--signed-by",
              shop.said().path("seller").asString());
      assertThat(cheap.path("body").asString()).isEqualTo("answer /ask?0.0004001");
      assertThat(before - money(BUYER)).isEqualTo(400);
      JsonNode given = pay(shop.uri() + "/ask?0", 0, "--rpc-url", chain.url().toString());
      assertThat(given.path("body").asString()).isEqualTo("answer /ask?0");
      assertThat(before - money(BUYER)).isEqualTo(400);
      for (String wrong : List.of("0.0011", "-1", "1e-9", "0.0001&0.0002")) {
        JsonNode refused =
            pay(shop.uri() + "/ask?" + wrong, 1, "--rpc-url", chain.url().toString());
        assertThat(refused.path("code").asString()).as(wrong).isEqualTo("payment_not_taken");
      }
      assertThat(before - money(BUYER)).isEqualTo(400);
      JsonNode checked = run("x402", "check", shop.uri() + "/ask?0", "--json").json();
      assertThat(checked.path("ok").booleanValue()).as(checked.toString()).isTrue();
      assertThat(checked.toString()).contains("at most 1000 atomic units");
    }
  }

  @Test
  void whatIsNotWorthItsGasIsGivenAway() throws Exception {
    try (Lifecycle run = new Lifecycle()) {
      ShopWays upto =
          new ShopWays(
              false,
              Optional.of(new MeteredSales("X402-Charge")),
              Optional.empty(),
              Optional.empty());
      Shop shop = Shop.open(run, shop(run, "shop" + shops++, upto.atLeast("0.0003")));
      long before = money(BUYER);
      String node = chain.url().toString();

      JsonNode given = pay(shop.uri() + "/least?0.0002999", 0, "--rpc-url", node);
      assertThat(given.path("body").asString()).isEqualTo("answer /least?0.0002999");
      assertThat(before - money(BUYER)).isZero();
      pay(shop.uri() + "/least?0.0003", 0, "--rpc-url", node);
      assertThat(before - money(BUYER)).isEqualTo(300);
    }
  }

  @Test
  void aShopThatWasAwayCapturesWhatFellDueWhenItIsBack() throws Exception {
    long before = money(SELLER);
    String place = "shop" + shops++;
    try (Lifecycle run = new Lifecycle()) {
      Shop shop = Shop.open(run, shop(run, place, escrow(hasty, SELLER)));
      assertThat(String.join("\n", new ShopWelcome(shop).lines()))
          .contains("--operator " + ChecksumAddress.of(hasty));
      assertThat(pay(shop.uri() + "/a", 1).path("code").asString())
          .isEqualTo("operator_not_allowed");
      JsonNode bought = pay(shop.uri() + "/a", 0, "--operator", hasty.hex());
      assertThat(bought.path("body").asString()).isEqualTo("answer /a");
      JsonNode shown = show(bought);
      // its window is a second: it may have been captured by now
      assertThat(
              shown.path("heldAtomicUnits").asLong() + shown.path("capturedAtomicUnits").asLong())
          .isEqualTo(PRICE);
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                Set.of("capturable", "captured")
                    .contains(list(hasty).get(0).path("state").asString()));
    // Nodes rehearse by the newest block, which is older than the state just shown.
    chain.mine(1);
    try (Lifecycle run = new Lifecycle()) {
      Shop.open(run, shop(run, place, escrow(hasty, SELLER)));
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> "captured".equals(list(hasty).get(0).path("state").asString()));
    }
    // What another sale of the same operator left may fall due meanwhile.
    assertThat(money(SELLER) - before).isGreaterThanOrEqualTo(PRICE);
  }

  @Test
  void aCallIsDisputedDividedReleasedAndRefunded() throws Exception {
    try (Lifecycle run = new Lifecycle()) {
      Shop shop = Shop.open(run, shop(run, "shop" + shops++, escrow(patient, SELLER)));
      long before = money(BUYER);
      int earlier = list(patient).size();
      JsonNode first = pay(shop.uri() + "/first", 0, "--operator", patient.hex());
      JsonNode second = pay(shop.uri() + "/second", 0, "--operator", patient.hex());
      assertThat(list(patient)).hasSize(earlier + 2);

      assertThat(step("freeze", "seller", first, 1).path("code").asString())
          .isEqualTo("key_not_partys");
      assertThat(step("rule", "arbiter", first, 1, "--to-seller", "0").path("code").asString())
          .isEqualTo("not_possible_now");
      JsonNode frozen = step("freeze", "buyer", first, 0, "--gas-key", key("relayer"));
      assertThat(frozen.path("state").asString()).isEqualTo("frozen");
      assertThat(step("freeze", "buyer", first, 0, "--gas-key", key("relayer"))).isEqualTo(frozen);
      assertThat(step("rule", "arbiter", first, 1, "--to-seller", "1").path("code").asString())
          .isEqualTo("amount_invalid");
      JsonNode ruled = step("rule", "arbiter", first, 0, "--to-seller", "0.0003");
      assertThat(ruled.path("capturedAtomicUnits").asString()).isEqualTo("300");
      assertThat(before - money(BUYER)).isEqualTo(PRICE + 300);

      JsonNode released = step("release", "buyer", second, 0);
      assertThat(released.path("state").asString()).isEqualTo("captured");
      JsonNode refunded = step("refund", "seller", second, 0, "--amount", "0.0006");
      assertThat(refunded.path("capturedAtomicUnits").asString()).isEqualTo("400");
      // as after a crash between its block and its answer
      assertThat(step("refund", "seller", second, 0, "--amount", "0.0006")).isEqualTo(refunded);
      assertThat(step("release", "buyer", second, 0).path("transaction"))
          .isEqualTo(released.path("transaction"));
      assertThat(before - money(BUYER)).isEqualTo(300 + 400);

      JsonNode third = pay(shop.uri() + "/third", 0, "--operator", patient.hex());
      assertThat(step("refund", "seller", third, 0).path("state").asString()).isEqualTo("returned");
      assertThat(step("reclaim", "buyer", third, 1).path("code").asString())
          .isEqualTo("not_possible_now");
      assertThat(before - money(BUYER)).isEqualTo(300 + 400);
    }
  }

  @Test
  void theSameAmountIsRefundedTwiceOnlyByNumber() throws Exception {
    try (Lifecycle run = new Lifecycle()) {
      Shop shop = Shop.open(run, shop(run, "shop" + shops++, escrow(patient, SELLER)));
      JsonNode bought = pay(shop.uri() + "/twice", 0, "--operator", patient.hex());
      step("release", "buyer", bought, 0);
      long before = money(SELLER);
      step("refund", "seller", bought, 0, "--amount", "0.0003");
      step("refund", "seller", bought, 0, "--amount", "0.0003", "--number", "2");
      step("refund", "seller", bought, 0, "--amount", "0.0003", "--number", "2");
      assertThat(before - money(SELLER)).isEqualTo(600);
      assertThat(
              step("refund", "seller", bought, 1, "--number", "0", "--amount", "0.0003")
                  .path("code")
                  .asString())
          .isEqualTo("number_invalid");

      String ours = chain.reader().code(patient, BlockTag.Named.LATEST);
      String other = chain.reader().code(hasty, BlockTag.Named.LATEST);
      chain.rpc().require("anvil_setCode", patient.hex(), other);
      assertThat(step("refund", "seller", bought, 1).path("code").asString())
          .isEqualTo("operator_unknown");
      chain.rpc().require("anvil_setCode", patient.hex(), ours);
      assertThat(allowance(patient)).isZero();
      step("refund", "seller", bought, 0);
      assertThat(before - money(SELLER)).isEqualTo(PRICE);
    }
  }

  private static BigInteger allowance(EvmAddress operator) {
    return new TokenReads(chain.reader(), token.asset().token())
        .allowance(SELLER.address(), operator, BlockTag.Named.LATEST);
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeAnythingIsSold() throws Exception {
    assertThat(new FacilitatorWelcome(facilitator).figures().toString())
        .contains(ChecksumAddress.of(hasty), ChecksumAddress.of(patient));
    refused(escrow(hasty, BUYER), "key_not_payees");
    refused(escrow(patient, SELLER).atLeast("0.0011"), "price_below_least");
    refused(escrow(signer("nobody").address(), SELLER), "facilitator_unsuitable");
    refused(
        new ShopWays(
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new EscrowSales(
                    patient, SELLER, List.of(chain.url()), Optional.of(Duration.ofHours(1))))),
        "capture_within_invalid");
    CommandRun unknown =
        run(
            "x402",
            "escrow",
            "show",
            "0x" + "11".repeat(32),
            "--rpc-url",
            chain.url().toString(),
            "--json");
    assertThat(unknown.code()).as(unknown.all()).isEqualTo("payment_unknown");
  }

  private static void refused(ShopWays ways, String code) {
    try (Lifecycle run = new Lifecycle()) {
      ShopPlan plan = shop(run, "refused" + shops++, ways);
      assertThatThrownBy(() -> Shop.open(run, plan))
          .isInstanceOfSatisfying(
              StartupException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
  }
}
