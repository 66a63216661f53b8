package org.earnest.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.earnest.bindings.call.ValidationRegistryCalls;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What validators answered, listed and searched for. */
class ValidationsIT extends OnSandbox {
  private static final EvmAddress VALIDATOR =
      new EvmAddress("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
  private static final int ROUNDS = 1;

  private BigInteger passed = BigInteger.ZERO;
  private BigInteger failed = BigInteger.ZERO;

  @BeforeAll
  void answer() throws Exception {
    passed = sandbox.register(sandbox.buyer.address(), "");
    failed = sandbox.register(sandbox.buyer.address(), "");
    ask(passed, 1);
    ask(passed, 2);
    ask(failed, 3);
    respond(1, 100, "kyc");
    respond(2, 60, "");
    respond(3, 100, "kyc");
    serve(ROUNDS);
  }

  @AfterAll
  void stop() {
    stopServing();
  }

  @Test
  void listsEachRequestWithItsLastAnswer() throws Exception {
    String path = "/agents/" + passed + "/validations";
    List<JsonNode> all = api.pages(path + "?limit=1", "validations");

    assertThat(all).hasSize(2);
    JsonNode first = all.getFirst();
    assertThat(text(first, "requestHash")).isEqualTo(request(1).hex());
    assertThat(text(first, "validator")).isEqualTo(VALIDATOR.hex());
    assertThat(first.at("/response/value").intValue()).isEqualTo(100);
    assertThat(first.at("/response/tag").stringValue()).isEqualTo("kyc");
    assertThat(api.pages(path + "?tag=kyc", "validations")).containsExactly(first);
    assertThat(api.pages(path + "?answered=false", "validations")).isEmpty();
    assertThat(api.pages(path + "?validator=" + EvmAddress.ZERO, "validations")).isEmpty();
    api.refused("/agents/999999/validations", 404, "agent_unknown");
    api.refused(path + "?tag=" + "x".repeat(257), 400, "invalid_request");
  }

  @Test
  void findsAgentsByWhatAValidatorAnsweredLast() throws Exception {
    String kyc = "/search?credential=" + VALIDATOR + ":kyc";
    assertThat(found(kyc)).containsExactly(id(passed), id(failed));
    assertThat(found("/search?credential=" + VALIDATOR)).isEmpty();
    assertThat(found("/search?credential=" + VALIDATOR + "&minResponse=60"))
        .containsExactly(id(passed));
    assertThat(found("/search?credential=" + EvmAddress.ZERO + ":kyc")).isEmpty();

    respond(3, 0, "kyc");
    sandbox.followed(indexer);
    assertThat(found(kyc)).containsExactly(id(passed));
    sandbox.reorganise(1);
    sandbox.mine();
    sandbox.followed(indexer);
    assertThat(found(kyc)).containsExactly(id(passed), id(failed));
  }

  private List<String> found(String path) throws Exception {
    return api.pages(path + "&limit=100", "agents").stream()
        .map(agent -> text(agent, "agentId").replaceAll(".*:", ""))
        .toList();
  }

  private static String id(BigInteger agent) {
    return agent.toString();
  }

  private static Hash32 request(int number) {
    return new Hash32("0x%064x".formatted(number));
  }

  private void ask(BigInteger agent, int number) {
    sandbox.send(
        sandbox.buyer.address(),
        calls().request(VALIDATOR, agent, "https://asked.example/" + number, request(number)));
  }

  private void respond(int number, int value, String tag) {
    sandbox.send(
        VALIDATOR, calls().respond(request(number), value, "https://v.example/", Hash32.ZERO, tag));
  }

  private ValidationRegistryCalls calls() {
    return new ValidationRegistryCalls(sandbox.contracts.validationRegistry().orElseThrow());
  }

  private static String text(JsonNode of, String member) {
    return of.path(member).stringValue();
  }
}
