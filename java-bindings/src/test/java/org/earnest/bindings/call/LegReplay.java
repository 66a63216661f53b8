package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.bindings.rpc.JsonRpc;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.LegStatus;
import org.earnest.testkit.deal.LegModel;
import org.earnest.testkit.deal.LegStep;
import tools.jackson.databind.JsonNode;

/**
 * Plays histories on a node side by side, in one request ({@code eth_simulateV1}): a block for
 * every second at which something happens in any of them, each from the same state.
 */
final class LegReplay {
  private static final String GAS = "0x2dc6c0";
  private static final int WORD_DIGITS = 64;

  private final JsonRpc rpc;
  private final EvmAddress escrow;
  private final EvmAddress token;
  private final DealTypedData typed;
  private final LegCalls calls;

  LegReplay(JsonRpc rpc, Caip2ChainId chain, EvmAddress escrow, EvmAddress token) {
    this.rpc = rpc;
    this.escrow = escrow;
    this.token = token;
    this.typed = new DealTypedData(chain, escrow);
    this.calls = new LegCalls(chain, escrow);
  }

  /** A call, and what is to be said of its result. */
  private record Asked(EvmAddress from, ChainCall call, Consumer<JsonNode> judge) {}

  /** What the chain did and the model does not say; empty where they agree on everything. */
  List<Disagreement> play(List<LegHistory> histories) {
    List<Disagreement> found = new ArrayList<>();
    TreeMap<Long, List<Asked>> blocks = new TreeMap<>();
    for (LegHistory history : histories) {
      new Script(history, blocks, found).write();
    }
    List<Map<String, Object>> request = new ArrayList<>();
    blocks.forEach((second, asked) -> request.add(block(second, asked)));
    JsonNode results =
        rpc.require(
            "eth_simulateV1", Map.of("blockStateCalls", request, "validation", false), "latest");
    int index = 0;
    for (List<Asked> asked : blocks.values()) {
      JsonNode answers = results.path(index++).path("calls");
      for (int i = 0; i < asked.size(); i++) {
        asked.get(i).judge().accept(answers.path(i));
      }
    }
    found.sort(Comparator.comparingLong(Disagreement::seed));
    return found;
  }

  private static Map<String, Object> block(long second, List<Asked> asked) {
    List<Map<String, String>> made = new ArrayList<>();
    for (Asked each : asked) {
      made.add(
          Map.of(
              "from", each.from().hex(),
              "to", each.call().to().hex(),
              "data", each.call().data(),
              "gas", GAS));
    }
    return Map.of("blockOverrides", Map.of("time", "0x" + Long.toHexString(second)), "calls", made);
  }

  /** Where chain and model part. */
  record Disagreement(long seed, String what) {
    @Override
    public String toString() {
      return "seed " + seed + ": " + what;
    }
  }

  /** What one history asks of the chain. */
  private final class Script {
    private final LegHistory history;
    private final DealTerms terms;
    private final DealId deal;
    private final Map<Long, List<Asked>> blocks;
    private final List<Disagreement> found;

    Script(LegHistory history, Map<Long, List<Asked>> blocks, List<Disagreement> found) {
      this.history = history;
      this.terms = history.terms();
      this.deal = typed.dealId(terms);
      this.blocks = blocks;
      this.found = found;
    }

    void write() {
      LegModel opened = history.opened();
      long at = terms.head().openBy() - RandomLegTerms.OPEN_FOR;
      ask(at, history.cast().client().address(), calls.open(history), this::mustSucceed);
      askState(at, "opening", opened);
      for (LegHistory.Tried tried : history.tried()) {
        at = tried.event().at();
        ask(at, tried.event().sender(), calls.of(history, tried), result -> judge(tried, result));
        askState(at, String.valueOf(tried.event()), tried.after());
      }
      askMoney(at);
    }

    private void askState(long at, String when, LegModel expected) {
      ChainCall call =
          Wrappers.call(
              escrow, Wrappers.dealEscrow().legState(deal.digest().bytes(), BigInteger.ZERO));
      ask(
          at,
          EvmAddress.ZERO,
          call,
          result -> same("the leg after " + when, status(result), expected.status()));
    }

    private void askMoney(long at) {
      LegModel end = history.end();
      history
          .cast()
          .all()
          .forEach(
              who -> {
                EvmAddress account = who.address();
                ChainCall balance = Wrappers.call(token, Wrappers.token().balanceOf(account.hex()));
                ask(
                    at,
                    EvmAddress.ZERO,
                    balance,
                    result -> same("balance", word(result, 0), end.purses().balance(account)));
                ChainCall credit =
                    Wrappers.call(escrow, Wrappers.dealEscrow().credit(token.hex(), account.hex()));
                ask(
                    at,
                    EvmAddress.ZERO,
                    credit,
                    result -> same("credit", word(result, 0), end.purses().credit(account)));
              });
      if (end.status().state().terminal()) {
        same("what a closed leg holds, in the model", end.held(), BigInteger.ZERO);
      }
    }

    private void judge(LegHistory.Tried tried, JsonNode result) {
      String expected =
          switch (tried.step()) {
            case LegStep.Done done -> "";
            case LegStep.Refused(String error) -> error;
          };
      same("answer to " + tried.event(), error(result), expected);
    }

    private void mustSucceed(JsonNode result) {
      same("answer to opening", error(result), "");
    }

    private void ask(long at, EvmAddress from, ChainCall call, Consumer<JsonNode> judge) {
      blocks.computeIfAbsent(at, added -> new ArrayList<>()).add(new Asked(from, call, judge));
    }

    private void same(String what, Object chain, Object model) {
      if (!chain.equals(model)) {
        found.add(
            new Disagreement(
                history.seed(),
                what + ": the chain has " + chain + ", the model " + model + "; " + terms));
      }
    }
  }

  /** The name of the error, empty where there is none. */
  private static String error(JsonNode result) {
    if (result.path("status").asString("").equals("0x1")) {
      return "";
    }
    String data = result.path("returnData").asString("");
    String reason = data.isEmpty() ? result.toString() : RevertDecoder.decode(data).toString();
    return Optional.of(reason.indexOf('('))
        .filter(end -> end > 0)
        .map(end -> reason.substring(0, end))
        .orElse(reason);
  }

  private static LegStatus status(JsonNode result) {
    int flags = word(result, 1).intValueExact();
    return new LegStatus(
        LegState.of(word(result, 0).intValueExact()),
        (flags & 1) != 0,
        (flags & 2) != 0,
        (flags & 4) != 0,
        (flags & 8) != 0,
        word(result, 2).longValueExact(),
        word(result, 3).longValueExact());
  }

  private static BigInteger word(JsonNode result, int index) {
    String data = result.path("returnData").asString("");
    int from = 2 + index * WORD_DIGITS;
    return data.length() < from + WORD_DIGITS
        ? BigInteger.ONE.negate()
        : new BigInteger(data.substring(from, from + WORD_DIGITS), 16);
  }
}
