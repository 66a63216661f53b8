package org.earnest.reputation.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.bindings.rpc.JsonRpcChainReader;
import org.earnest.bindings.rpc.RpcReply;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.reputation.file.PaymentCheck.Parties;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a node's words about a transaction without a token make of a claimed payment. */
class PaymentCheckTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final EvmAddress CLIENT = new EvmAddress("0x" + "c1".repeat(20));
  private static final EvmAddress AGENT = new EvmAddress("0x" + "a1".repeat(20));
  private static final EvmAddress OTHER = new EvmAddress("0x" + "e1".repeat(20));
  private static final Hash32 PAID = new Hash32("0x" + "11".repeat(32));
  private static final Hash32 GIVEN = new Hash32("0x" + "22".repeat(32));
  private static final String DELEGATED = "0xef0100" + "d1".repeat(20);
  private static final String AT_PAYMENT = "0x7";

  /** By account and block. */
  private final Map<String, String> code = new HashMap<>();

  /** By transaction. */
  private final Map<String, Object> receipts = new HashMap<>(Map.of(PAID.hex(), receipt(PAID)));

  private boolean dropsState;
  private boolean away;
  private Map<String, Object> sent = sent(PAID, CLIENT, OTHER, "0x0");

  @Test
  void whereNothingRunsNothingIsPaid() {
    assertThat(code(judge())).isEqualTo("nothing_paid");
  }

  @Test
  void anAccountThatDelegatedMayPayInACallOfItself() {
    sent = sent(PAID, CLIENT, CLIENT, "0x0");
    assertThat(code(judge())).isEqualTo("coin_not_traced");
    code.put(CLIENT.hex() + "latest", DELEGATED);
    assertThat(code(judge())).isEqualTo("coin_not_traced");
  }

  @Test
  void codeOfEitherNowOrThenMayHavePaid() {
    for (EvmAddress account : List.of(CLIENT, OTHER)) {
      for (String block : List.of("latest", AT_PAYMENT)) {
        code.clear();
        code.put(account.hex() + block, DELEGATED);
        assertThat(code(judge())).as(account + " at " + block).isEqualTo("coin_not_traced");
      }
    }
  }

  @Test
  void whatANodeHasDroppedIsNotHeldAgainstAnybody() {
    dropsState = true;
    assertThat(code(judge())).isEqualTo("coin_not_traced");
  }

  @Test
  void aTransactionOfAnotherHashOrSenderIsNotTold() {
    sent = sent(PAID, CLIENT, AGENT, "0x5");
    assertThat(judge()).isInstanceOf(PaymentVerdict.Verified.class);
    sent = sent(GIVEN, CLIENT, AGENT, "0x5");
    assertThat(code(judge())).isEqualTo("chain_unavailable");
    sent = sent(PAID, OTHER, AGENT, "0x5");
    assertThat(code(judge())).isEqualTo("chain_unavailable");
    sent = sent(PAID, CLIENT, AGENT, "0x5");
    receipts.put(PAID.hex(), receipt(GIVEN));
    assertThat(code(judge())).isEqualTo("transaction_unknown");
  }

  @Test
  void aTransactionIsMissingOnlyFromANodeThatShowsTheFeedbacks() {
    receipts.clear();
    PaymentVerdict unknown = judge();
    assertThat(code(unknown)).isEqualTo("transaction_unknown");
    assertThat(check().last(unknown, parties())).isEqualTo(unknown);
    receipts.put(GIVEN.hex(), receipt(GIVEN));
    assertThat(code(check().last(unknown, parties()))).isEqualTo("transaction_not_found");
    PaymentCheck connected = check();
    away = true;
    assertThat(code(connected.last(unknown, parties()))).isEqualTo("chain_unavailable");
  }

  private PaymentVerdict judge() {
    PaymentClaim claim = new PaymentClaim(Caip2ChainId.eip155(1), PAID, CLIENT, AGENT);
    return check().judge(new FeedbackFile.Payment.Claimed(claim), parties());
  }

  private PaymentCheck check() {
    JsonRpc node = this::answer;
    return new PaymentCheck(JsonRpcChainReader.connect(node), Set.of());
  }

  private static Parties parties() {
    return new Parties(CLIENT, Set.of(AGENT), 9, GIVEN);
  }

  private RpcReply answer(String method, Object... params) {
    if (away) {
      return new RpcReply.Failure(-32000, "away", Optional.empty());
    }
    if (dropsState && method.equals("eth_getCode") && params[1].equals(AT_PAYMENT)) {
      return new RpcReply.Failure(-32000, "missing trie node", Optional.empty());
    }
    return new RpcReply.Result(
        JSON.valueToTree(
            switch (method) {
              case "eth_chainId" -> "0x1";
              case "eth_getCode" -> code.getOrDefault("" + params[0] + params[1], "0x");
              case "eth_getTransactionByBlockHashAndIndex" -> sent;
              case "eth_getTransactionReceipt" -> receipts.get(String.valueOf(params[0]));
              default -> throw new IllegalArgumentException(method);
            }));
  }

  private static Map<String, Object> sent(
      Hash32 hash, EvmAddress from, EvmAddress to, String value) {
    return Map.of("hash", hash.hex(), "from", from.hex(), "to", to.hex(), "value", value);
  }

  private static Map<String, Object> receipt(Hash32 hash) {
    return Map.of(
        "transactionHash",
        hash.hex(),
        "blockNumber",
        AT_PAYMENT,
        "blockHash",
        Hash32.ZERO.hex(),
        "transactionIndex",
        "0x0",
        "from",
        CLIENT.hex(),
        "status",
        "0x1",
        "gasUsed",
        "0x5208",
        "logs",
        List.of());
  }

  private static String code(PaymentVerdict verdict) {
    return switch (verdict) {
      case PaymentVerdict.Wrong wrong -> wrong.code();
      case PaymentVerdict.Unknown unknown -> unknown.code();
      case PaymentVerdict.Absent absent -> "absent";
      case PaymentVerdict.Verified verified -> "verified";
    };
  }
}
