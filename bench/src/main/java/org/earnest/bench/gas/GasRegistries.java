package org.earnest.bench.gas;

import static org.earnest.bench.gas.GasStage.CLIENT;
import static org.earnest.bench.gas.GasStage.PAYEE;
import static org.earnest.bench.gas.GasStage.STRANGER;

import java.math.BigInteger;
import java.util.Map;
import org.earnest.bindings.call.CredentialAnchorCalls;
import org.earnest.bindings.call.IdentityRegistryCalls;
import org.earnest.bindings.call.ReputationRegistryCalls;
import org.earnest.bindings.call.ReputationRegistryCalls.Feedback;
import org.earnest.bindings.call.ValidationRegistryCalls;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.earnest.core.deal.DealTerms;

/** What agents and records of them take. */
final class GasRegistries {
  private static final String REGISTRATION =
      "https://agents.example/registrations/1/registration.json";

  private static final String WORK = "https://agents.example/work/1.json";
  private static final LocalSigner VALIDATOR = GasStage.named("validator");

  private final GasStage stage;

  GasRegistries(GasStage stage) {
    this.stage = stage;
  }

  void play(Map<String, Spent> gas) {
    stage.play(() -> feedback(gas));
    stage.play(() -> validations(gas));
    stage.play(() -> anchors(gas));
    stage.play(() -> reads(gas));
  }

  private void feedback(Map<String, Spent> gas) {
    gas.put(
        "register with a URI",
        stage.send(PAYEE, new IdentityRegistryCalls(stage.identity).register(REGISTRATION)));
    LocalSigner first = GasStage.named("first rater");
    give(gas, "giveFeedback, first of its tags", first, full());
    give(gas, "giveFeedback, repeat", first, full());
    give(gas, "giveFeedback, first of a client", GasStage.named("second rater"), full());
    give(
        gas,
        "giveFeedback, repeat without strings",
        first,
        new Feedback(BigInteger.valueOf(87), 0, "", "", "", "", Hash32.ZERO));
  }

  private static Feedback full() {
    return new Feedback(
        BigInteger.valueOf(87),
        0,
        "starred",
        "translation",
        "https://agents.example/a2a",
        "ipfs://QmFeedback",
        new Hash32("0x68" + "00".repeat(31)));
  }

  private void give(Map<String, Spent> gas, String name, LocalSigner rater, Feedback feedback) {
    ReputationRegistryCalls calls = new ReputationRegistryCalls(stage.reputation);
    gas.put(name, stage.send(rater, calls.giveFeedback(BigInteger.ONE, feedback)));
  }

  private void validations(Map<String, Spent> gas) {
    BigInteger agent = stage.register(CLIENT);
    ask(gas, "validationRequest, first of agent and validator", agent, 1);
    ask(gas, "validationRequest", agent, 2);
    answer(gas, "validationResponse, first of its tag", 1);
    answer(gas, "validationResponse", 2);
    answer(gas, "validationResponse, again", 2);
  }

  private void ask(Map<String, Spent> gas, String name, BigInteger agent, int request) {
    ValidationRegistryCalls calls = new ValidationRegistryCalls(stage.validation);
    gas.put(
        name,
        stage.send(
            CLIENT, calls.request(VALIDATOR.address(), agent, WORK, Keccak256.hash("" + request))));
  }

  private void answer(Map<String, Spent> gas, String name, int request) {
    ValidationRegistryCalls calls = new ValidationRegistryCalls(stage.validation);
    Hash32 reasons = Keccak256.hash("reasons");
    gas.put(
        name,
        stage.send(
            VALIDATOR,
            calls.respond(
                Keccak256.hash("" + request), 100, "ipfs://QmReasons", reasons, "hard-finality")));
  }

  private void anchors(Map<String, Spent> gas) {
    Hash32 root = Keccak256.hash("root");
    gas.put("anchor", stage.send(CLIENT, new CredentialAnchorCalls(stage.anchors).anchor(root)));
  }

  private void reads(Map<String, Spent> gas) {
    GasDeals deals = new GasDeals(stage, stage.lean);
    BigInteger agent = stage.register(PAYEE);
    deals.dust(CLIENT);
    DealTerms terms = deals.terms(head -> head, leg -> leg.rated(agent, 0));
    deals.open(terms);
    deals.deliver(terms, 0, PAYEE, "");
    deals.accept(terms, GasPlays.RATING);
    read(
        gas,
        "settledSummaryAt (the call alone)",
        "settledSummaryAt(uint256,uint32,address,bytes32)",
        word(agent) + word(BigInteger.ZERO) + word(deals.asset()) + bare(GasDeals.TAG.hex()));
    read(
        gas,
        "settledSummary (the call alone)",
        "settledSummary(uint256,address,bytes32)",
        word(agent) + word(deals.asset()) + bare(GasDeals.TAG.hex()));
  }

  /** What a read takes when a contract makes it: a transaction's own cost is taken off. */
  private void read(Map<String, Spent> gas, String name, String signature, String arguments) {
    Hash32 selector = Keccak256.hash(signature);
    String data = selector.hex().substring(0, 10) + arguments;
    Spent spent = stage.send(STRANGER, new ChainCall(stage.escrow, data));
    gas.put(name, spent.callAlone(Hex.decode(data)));
  }

  private static String word(BigInteger number) {
    return "%064x".formatted(number);
  }

  private static String word(EvmAddress address) {
    return "0".repeat(24) + bare(address.hex());
  }

  private static String bare(String hex) {
    return hex.substring(2);
  }
}
