package org.earnest.bindings.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.earnest.bindings.call.CallBatchCalls;
import org.earnest.bindings.call.CallBatchCalls.Item;
import org.earnest.bindings.signer.SigningPolicy.Refusal;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.submission.SubmissionRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningPolicyTest {
  private static final EvmAddress ACCOUNT = new EvmAddress("0x" + "a".repeat(40));
  private static final EvmAddress TOKEN = new EvmAddress("0x" + "1".repeat(40));
  private static final EvmAddress TREASURY = new EvmAddress("0x" + "2".repeat(40));
  private static final BigInteger FEE = BigInteger.valueOf(100);

  private static final String JSON =
      """
      {"allow":[
         {"to":"0x1111111111111111111111111111111111111111",
          "functions":["transfer(address,uint256)","0x095ea7b3"]},
         {"to":"0x2222222222222222222222222222222222222222","transfers":true}],
       "maxValueWei":"50","maxFeeWei":"100","dayBudgetWei":"1000"}
      """;

  private static final EvmAddress BATCH = new EvmAddress("0x" + "b".repeat(40));

  private final SigningPolicy policy = parse(JSON);
  private final SigningPolicy batching =
      parse(
          JSON.replace(
              "\"allow\":[",
              "\"allow\":[{\"to\":\"%s\",\"functions\":[\"execute((address,uint64,bytes)[])\"]},"
                  .formatted(BATCH)));

  private static SigningPolicy parse(String json) {
    return SigningPolicy.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static SubmissionRequest request(EvmAddress to, String data, long value) {
    return new SubmissionRequest("k", to, data, BigInteger.valueOf(value));
  }

  private Optional<String> code(EvmAddress to, String data, long value) {
    return policy.refusal(ACCOUNT, request(to, data, value), FEE).map(Refusal::code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0xa9059cbb", "0xa9059cbb00ff", "0xA9059CBB00", "0x095ea7b3", "0x095ea7b3aa"})
  void functionsThatItNamesMayBeCalled(String data) {
    assertThat(code(TOKEN, data, 0)).isEmpty();
    assertThat(code(TOKEN, data, 50)).isEmpty();
    assertThat(code(TREASURY, data, 0)).contains("policy_function_not_allowed");
    assertThat(code(ACCOUNT, data, 0)).contains("policy_contract_not_allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x", "0xa9", "0xa9059c", "0xa9059cbc", "0x23b872dd"})
  void othersMayNot(String data) {
    assertThat(code(TOKEN, data, 0)).contains("policy_function_not_allowed");
  }

  /** The calls of a batch are made in this key's name, whoever put them together. */
  @Test
  void ofABatchEachCallMustBeAllowed() {
    EvmAddress other = new EvmAddress("0x" + "3".repeat(40));

    assertThat(batchCode(call(TOKEN, "0xa9059cbb00"), call(TOKEN, "0x095ea7b3"))).isEmpty();
    assertThat(batchCode(call(TREASURY, "0x"), call(TOKEN, "0xa9059cbb"))).isEmpty();
    assertThat(batchCode(call(TOKEN, "0xa9059cbb"), call(TOKEN, "0x23b872dd")))
        .contains("policy_function_not_allowed");
    assertThat(batchCode(call(TOKEN, "0xa9059cbb"), call(TOKEN, "0x")))
        .contains("policy_function_not_allowed");
    assertThat(batchCode(call(other, "0xa9059cbb"), call(TOKEN, "0xa9059cbb")))
        .contains("policy_contract_not_allowed");
    assertThat(batchCode(call(ACCOUNT, "0x"))).contains("policy_contract_not_allowed");
  }

  @Test
  void aBatchThatCannotBeReadOrHoldsAnotherIsForbidden() {
    String whole = batch(call(TOKEN, "0xa9059cbb"));

    assertThat(batching.refusal(ACCOUNT, request(BATCH, whole, 0), FEE)).isEmpty();
    for (String bad :
        List.of(
            whole.substring(0, 10),
            whole.substring(0, whole.length() - 2),
            whole + "00",
            batch(call(BATCH, whole)))) {
      assertThat(batching.refusal(ACCOUNT, request(BATCH, bad, 0), FEE).map(Refusal::code))
          .contains("policy_function_not_allowed");
    }
  }

  private Optional<String> batchCode(ChainCall... calls) {
    return batching.refusal(ACCOUNT, request(BATCH, batch(calls), 0), FEE).map(Refusal::code);
  }

  private static String batch(ChainCall... calls) {
    List<Item> items = Stream.of(calls).map(call -> new Item(call, BigInteger.TEN)).toList();
    return new CallBatchCalls(BATCH).execute(items).data();
  }

  private static ChainCall call(EvmAddress to, String data) {
    return new ChainCall(to, data);
  }

  @Test
  void valueMayGoWhereItAllowsTransfersUpToItsCap() {
    assertThat(code(TREASURY, "0x", 50)).isEmpty();
    assertThat(code(TREASURY, "0x", 51)).contains("policy_value_cap");
    assertThat(code(TOKEN, "0xa9059cbb", 51)).contains("policy_value_cap");
    assertThat(code(new EvmAddress("0x" + "3".repeat(40)), "0x", 1))
        .contains("policy_contract_not_allowed");
  }

  @Test
  void whatOnlySpendsANonceIsBoundByTheFeeAlone() {
    SubmissionRequest idle = request(ACCOUNT, "0x", 0);

    assertThat(policy.refusal(ACCOUNT, idle, FEE)).isEmpty();
    assertThat(policy.refusal(ACCOUNT, idle, FEE.add(BigInteger.ONE)).map(Refusal::code))
        .contains("policy_fee_cap");
    assertThat(code(ACCOUNT, "0x", 1)).contains("policy_contract_not_allowed");
  }

  @Test
  void feesAndBudgetEndAtTheirCaps() {
    assertThat(policy.feeRefusal(FEE)).isEmpty();
    assertThat(policy.feeRefusal(FEE.add(BigInteger.ONE)).map(Refusal::code))
        .contains("policy_fee_cap");
    assertThat(policy.budgetRefusal(BigInteger.valueOf(900), FEE)).isEmpty();
    assertThat(policy.budgetRefusal(BigInteger.valueOf(901), FEE).map(Refusal::code))
        .contains("policy_day_budget");
  }

  @Test
  void itsFormIsAsItIsDescribed() {
    String example = PolicyJson.FORM.replaceFirst("0x\\.\\.\\.", TOKEN.hex());

    assertThat(parse(example.replace("0x...", TREASURY.hex())).allowed())
        .containsOnlyKeys(TOKEN, TREASURY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "maxValueWei":"50"  | "maxValueWei":50         | maxValueWei must be
          "maxValueWei":"50"  | "maxValueWei":"-1"       | maxValueWei must be
          "maxValueWei":"50"  | "maxValueWei":"0x32"     | maxValueWei must be
          "maxValueWei":"50"  | "maxValueWei":"050"      | maxValueWei must be
          "maxValueWei":"50", | ''                       | maxValueWei must be
          "maxFeeWei"         | "maxfeeWei"              | no member maxfeeWei
          "dayBudgetWei"      | "maxFeeWei"              | no JSON, or has a member twice
          "transfers":true    | "transfers":"yes"        | transfers must be
          "transfers":true    | "transfer":true          | no member transfer
          "allow":[           | "allow":[5,              | an entry of allow must be an object
          "to":"0x2222222222  | "to":"0x222222           | an EVM address
          0x095ea7b3          | 0x095EA7B3               | a function is written as
          0x095ea7b3          | approve                  | a function is written as
          "0x095ea7b3"        | 5                        | a function is written as
          transfer(address,   | transfer(address to,     | a function is written as
          {"to":"0x2222222222222222222222222222222222222222" | {"to":"0x1111111111111111111111111111111111111111" | in allow twice
          """)
  void slipsAreRefused(String from, String to, String sentence) {
    assertThat(JSON).contains(from);
    String json = JSON.replace(from, to);

    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{}", "{\"allow\":[]}", "x"})
  void whatIsNoPolicyIsRefused(String json) {
    assertThatThrownBy(() -> parse(json)).isInstanceOf(IllegalArgumentException.class);
  }
}
