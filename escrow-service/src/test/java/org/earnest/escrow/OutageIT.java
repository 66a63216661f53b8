package org.earnest.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.earnest.testkit.chain.RpcFault;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A chain that fails, a process that ends and a database that is lost: nothing else is lost. */
class OutageIT extends OnSandbox {
  private static final long GWEI = 1_000_000_000;
  private static final BigInteger PRICE = BigInteger.valueOf(2_500_000);

  @Test
  void saysThatTheChainIsDownAndGoesOnWhenItIsBack() throws Exception {
    Map<String, Object> open = client.openBody(terms().build());
    String deal = client.open(terms().build());
    String leg = DealClient.leg(deal);
    Map<String, Object> handover = client.deliverBody(leg, WORK);
    for (RpcFault fault : List.of(RpcFault.DROPPED_BEFORE, RpcFault.BAD_GATEWAY)) {
      sandbox.node.failAll(fault);
      try {
        isDown(client.post("/deals", open, 503));
        isDown(client.post(leg + "/deliver", handover, 503));
        isDown(client.post(leg + "/lapse", Map.of(), 503));
        isDown(client.get("/deals/" + deal, 503));
      } finally {
        sandbox.node.recover();
      }
    }
    client.post("/deals", open, 201);
    client.post(leg + "/deliver", handover, 200);
    client.accept(leg, 100);
    assertThat(sandbox.balance(seller.address())).isEqualTo(PRICE);
    assertThat(sandbox.balance(buyer.address()))
        .isEqualTo(Sandbox.PURSE.subtract(PRICE).subtract(PRICE));
  }

  @Test
  void paysOnceWhenTheAnswerToASentTransactionIsLost() throws Exception {
    Map<String, Object> open = client.openBody(terms().build());
    long before = sandbox.relayed();
    sandbox.node.failNext("eth_sendRawTransaction", RpcFault.DROPPED_AFTER);
    JsonNode opened = client.postUntil("/deals", open, 201);
    String leg = DealClient.leg(text(opened, "dealId"));
    sandbox.node.failNext("eth_sendRawTransaction", RpcFault.DROPPED_BEFORE);
    client.postUntil(leg + "/deliver", client.deliverBody(leg, WORK), 200);
    sandbox.node.failNext("eth_getTransactionReceipt", RpcFault.TRUNCATED, RpcFault.BAD_GATEWAY);
    client.postUntil(leg + "/accept", client.acceptBody(leg, 70), 200);
    assertThat(sandbox.relayed()).isEqualTo(before + 3);
    assertThat(sandbox.balance(seller.address())).isEqualTo(PRICE);
    assertThat(sandbox.balance(buyer.address())).isEqualTo(Sandbox.PURSE.subtract(PRICE));
  }

  @Test
  void saysThatItCannotPayForGasAndGoesOnWhenItCan() throws Exception {
    Map<String, Object> open = client.openBody(terms().build());
    sandbox.ether(sandbox.relayer, BigInteger.ZERO);
    isOutOf(client.post("/deals", open, 503), "relayer_out_of_funds");
    sandbox.ether(sandbox.relayer, BigInteger.TEN.pow(15).add(BigInteger.ONE));
    sandbox.gasPrice(100 * GWEI);
    isOutOf(client.post("/deals", open, 503), "relayer_out_of_funds");
    sandbox.ether(sandbox.relayer, BigInteger.TEN.pow(20));
    sandbox.gasPrice(1_000 * GWEI);
    isOutOf(client.post("/deals", open, 503), "gas_too_dear");
    sandbox.gasPrice(GWEI);
    client.post("/deals", open, 201);
    assertThat(sandbox.balance(buyer.address())).isEqualTo(Sandbox.PURSE.subtract(PRICE));
  }

  @Test
  void sendsAgainWhatAReorganisationTookBack() throws Exception {
    Map<String, Object> open = client.openBody(terms().build());
    JsonNode opened = client.post("/deals", open, 201);
    String deal = text(opened, "dealId");
    sandbox.rpc.require("anvil_reorg", 1, List.of());
    JsonNode again = client.post("/deals", open, 201);
    assertThat(text(again, "dealId")).isEqualTo(deal);
    assertThat(text(again, "blockHash")).isNotEqualTo(text(opened, "blockHash"));
    client.deliver(DealClient.leg(deal), WORK);
    assertThat(sandbox.balance(buyer.address())).isEqualTo(Sandbox.PURSE.subtract(PRICE));
  }

  @Test
  void readsALostDatabaseFromTheChainAnew() throws Exception {
    String deal = client.open(terms().build());
    client.deliver(DealClient.leg(deal), WORK);
    JsonNode before = client.get("/deals/" + deal, 200);
    stopService();
    sandbox.database.run(
        handle -> {
          handle.execute("drop schema escrow cascade");
        });
    startService();
    assertThat(client.get("/deals/" + deal, 200)).isEqualTo(before);
    JsonNode page = client.get("/deals?limit=100&party=" + seller.address(), 200);
    assertThat(page.path("deals").toString()).contains(deal);
  }

  @Test
  void goesOnWhereItStoppedAfterARestart() throws Exception {
    Map<String, Object> open = client.openBody(terms().build());
    String deal = text(client.post("/deals", open, 201), "dealId");
    JsonNode before = client.get("/deals/" + deal, 200);
    stopService();
    startService();
    assertThat(client.get("/deals/" + deal, 200)).isEqualTo(before);
    long relayed = sandbox.relayed();
    client.post("/deals", open, 201);
    assertThat(sandbox.relayed()).isEqualTo(relayed);
    client.deliver(DealClient.leg(deal), WORK);
    client.accept(DealClient.leg(deal), 50);
  }

  private static void isDown(JsonNode problem) {
    isOutOf(problem, "chain_unavailable");
  }

  private static void isOutOf(JsonNode problem, String code) {
    DealClient.problem(problem, 503, code);
    assertThat(problem.path("retryable").booleanValue()).isTrue();
  }
}
