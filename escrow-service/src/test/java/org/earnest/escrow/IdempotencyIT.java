package org.earnest.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.call.Funding;
import org.earnest.bindings.call.TokenCalls;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.kit.http.Host;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whatever is asked twice happens once, whoever asks and however often. */
class IdempotencyIT extends OnSandbox {
  private static final int AT_ONCE = 8;
  private static final BigInteger PRICE = BigInteger.valueOf(2_500_000);

  @Test
  void answersARepeatedVerbAsTheFirstTime() throws Exception {
    Map<String, Object> open = client.openBody(terms().build());
    JsonNode opened = sameTwice("/deals", open, 201);
    String leg = DealClient.leg(text(opened, "dealId"));
    Map<String, Object> handover = client.deliverBody(leg, WORK);
    sameTwice(leg + "/deliver", handover, 200);
    Map<String, Object> approval = client.acceptBody(leg, 97);
    JsonNode accepted = sameTwice(leg + "/accept", approval, 200);
    assertThat(client.post("/deals", open, 201).path("transaction"))
        .as("also when the deal has gone on")
        .isEqualTo(opened.path("transaction"));
    assertThat(client.post(leg + "/deliver", handover, 200).path("deal"))
        .isEqualTo(accepted.path("deal"));
    client.refused(leg + "/accept", client.acceptBody(leg, 5), 409, "wrong_state");
    client.refused(leg + "/lapse", Map.of(), 409, "wrong_state");
    assertThat(sandbox.balance(seller.address())).isEqualTo(PRICE);
  }

  @Test
  void sendsOneTransactionForEqualRequestsAtOnce() throws Exception {
    Map<String, Object> open = client.openBody(terms().build());
    long before = sandbox.relayed();
    JsonNode opened = sameAtOnce("/deals", open, 201);
    assertThat(sandbox.relayed()).isEqualTo(before + 1);
    String leg = DealClient.leg(text(opened, "dealId"));
    sameAtOnce(leg + "/deliver", client.deliverBody(leg, WORK), 200);
    sameAtOnce(leg + "/accept", client.acceptBody(leg, 60), 200);
    assertThat(sandbox.relayed()).isEqualTo(before + 3);
    assertThat(sandbox.balance(buyer.address())).isEqualTo(Sandbox.PURSE.subtract(PRICE));
    assertThat(sandbox.balance(seller.address())).isEqualTo(PRICE);
  }

  @Test
  void answers202WhileATransactionWaitsAndTheSameOnceItIsMined() throws Exception {
    Map<String, Object> open = client.openBody(terms().build());
    JsonNode pending = pendingTwice(open);
    assertThat(text(pending, "status")).isEqualTo("pending");
    assertThat(text(pending, "inclusion")).isEqualTo("pending");
    JsonNode opened = client.postUnder("one", "/deals", open, 201);
    assertThat(opened.path("transaction")).isEqualTo(pending.path("transaction"));
    client.get(pending.path("ask").get(0).stringValue(), 200);
  }

  @Test
  void bringsTheAnswerBackUnderACallersKeyAndRefusesItToOthers() throws Exception {
    Map<String, Object> open = client.openBody(terms().build());
    JsonNode opened = client.postUnder("mine", "/deals", open, 201);
    String leg = DealClient.leg(text(opened, "dealId"));
    client.deliver(leg, WORK);
    assertThat(client.postUnder("mine", "/deals", open, 201))
        .as("as it was, not as it is")
        .isEqualTo(opened);
    Map<String, Object> another = client.openBody(terms().build());
    DealClient.problem(
        client.postUnder("mine", "/deals", another, 409), 409, "idempotency_key_reused");
  }

  @Test
  void takesADealThatSomebodyElseOpenedForOpened() throws Exception {
    DealTerms terms = terms().build();
    Map<String, Object> open = client.openBody(terms);
    DealTypedData typed = new DealTypedData(sandbox.chain.chainId(), sandbox.escrow);
    sandbox.send(buyer.address(), new TokenCalls(sandbox.token).approve(sandbox.escrow, PRICE));
    Hash32 theirs =
        sandbox
            .send(
                buyer.address(),
                new DealEscrowCalls(sandbox.escrow)
                    .open(
                        terms,
                        List.of(seller.sign(typed.dealId(terms).digest())),
                        new Funding.Allowance()))
            .transaction();
    long before = sandbox.relayed();
    assertThat(text(client.post("/deals", open, 201), "transaction")).isEqualTo(theirs.hex());
    assertThat(sandbox.relayed()).isEqualTo(before);
  }

  private JsonNode sameTwice(String path, Object body, int status) throws Exception {
    long before = sandbox.relayed();
    JsonNode first = client.post(path, body, status);
    JsonNode again = client.post(path, body, status);
    assertThat(again.path("transaction")).isEqualTo(first.path("transaction"));
    assertThat(sandbox.relayed()).isEqualTo(before + 1);
    return first;
  }

  private JsonNode sameAtOnce(String path, Object body, int status) throws Exception {
    List<Future<JsonNode>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < AT_ONCE; i++) {
        answers.add(threads.submit(() -> client.post(path, body, status)));
      }
    }
    Set<String> transactions = new HashSet<>();
    for (Future<JsonNode> answer : answers) {
      transactions.add(text(answer.get(), "transaction"));
    }
    assertThat(transactions).hasSize(1);
    return answers.getFirst().get();
  }

  /** From a hasty service; one follower at a time writes to the database. */
  private JsonNode pendingTwice(Map<String, Object> open) throws Exception {
    stopService();
    try (EscrowService hasty = sandbox.service(Duration.ofMillis(300));
        Host other = Host.builder().mount(hasty.service()).start()) {
      return pendingTwice(new DealClient(other, buyer, seller), open);
    } finally {
      startService();
    }
  }

  private JsonNode pendingTwice(DealClient hurried, Map<String, Object> open) throws Exception {
    sandbox.automine(false);
    try {
      JsonNode pending = hurried.postUnder("one", "/deals", open, 202);
      JsonNode still = hurried.postUnder("one", "/deals", open, 202);
      assertThat(still.path("submission")).isEqualTo(pending.path("submission"));
      return pending;
    } finally {
      sandbox.automine(true);
      sandbox.mine();
    }
  }
}
