package org.earnest.bench.gas;

import static org.earnest.bench.gas.GasStage.CLIENT;
import static org.earnest.bench.gas.GasStage.PAYEE;
import static org.earnest.bench.gas.GasStage.PLATFORM;
import static org.earnest.bench.gas.GasStage.STANDBY;
import static org.earnest.bench.gas.GasStage.STRANGER;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.crypto.LocalSigner;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.DealTermsBuilder;

/**
 * Plays deals and notes what each transaction took. Names are those of {@code contracts/snapshots},
 * where the tests of the contracts measure the same.
 */
final class GasPlays {
  static final int RATING = 90;
  private static final String URI = "https://agents.example/deliveries/1";
  private static final String PLAIN_URI = "ipfs://deliverable";
  private static final BigInteger NO_AGENT = BigInteger.ZERO;
  private static final int FEE_BPS = 100;

  private final GasStage stage;
  private final Map<String, Spent> gas = new LinkedHashMap<>();

  GasPlays(GasStage stage) {
    this.stage = stage;
  }

  /** Plays everything; what it took, by name. */
  Map<String, Spent> play() {
    stage.play(this::testUsdc);
    stage.play(() -> deals("first record", "agent", false, 0));
    stage.play(() -> deal(lean(), NO_AGENT, NO_AGENT, 0, "no agent"));
    stage.play(() -> deals("both agents, first record", "both agents", true, 0));
    stage.play(() -> deals("fee of 1 %, first record", "fee of 1 %", false, FEE_BPS));
    stage.play(this::missed);
    stage.play(this::missedAgain);
    stage.play(this::silence);
    stage.play(this::depositsAndStandby);
    stage.play(this::disputes);
    stage.play(this::settleAndRate);
    stage.play(this::join);
    stage.play(this::withdraw);
    stage.play(() -> fiveLegs(lean(), List.of(), "five legs"));
    stage.play(this::fiveLegsWithAgents);
    stage.play(() -> new GasRegistries(stage).play(gas));
    stage.play(() -> new GasPanel(stage, lean()).play(gas));
    return Collections.unmodifiableMap(gas);
  }

  private void note(String name, Spent spent) {
    gas.put(name, spent);
  }

  private GasDeals lean() {
    return new GasDeals(stage, stage.lean);
  }

  private void testUsdc() {
    GasDeals deals = new GasDeals(stage, stage.testUsdc);
    BigInteger agent = stage.register(PAYEE);
    deals.dust(CLIENT);
    DealTerms terms = deals.terms(head -> head, leg -> leg.rated(agent, 0));
    note("open, agent, TestUSDC", deals.open(terms));
    note("deliver, with a URI", deals.deliver(terms, 0, PAYEE, URI));
  }

  /** A deal that leaves the first record there is, and one like it. */
  private void deals(String first, String next, boolean clientRated, int feeBps) {
    BigInteger agent = stage.register(PAYEE);
    BigInteger clientAgent = clientRated ? stage.register(CLIENT) : NO_AGENT;
    GasDeals deals = lean();
    deal(deals, agent, clientAgent, feeBps, first);
    deal(deals, agent, clientAgent, feeBps, next);
  }

  private void deal(
      GasDeals deals, BigInteger agent, BigInteger clientAgent, int feeBps, String name) {
    UnaryOperator<DealTermsBuilder> head =
        begun ->
            (feeBps == 0 ? begun : begun.fee(PLATFORM.address(), feeBps)).rated(clientAgent, 0);
    deals.dust(CLIENT);
    DealTerms terms = deals.terms(head, leg -> leg.rated(agent, 0));
    note("open, " + name, deals.open(terms));
    note("deliver", deals.deliver(terms, 0, PAYEE, ""));
    int rating = agent.signum() == 0 ? DealEscrowCalls.NO_RATING : RATING;
    note("accept, " + name, deals.accept(terms, rating));
  }

  private void missed() {
    GasDeals deals = lean();
    note("lapse, missed, first record", lapse(deals, stage.register(PAYEE)));
  }

  private void missedAgain() {
    GasDeals deals = lean();
    BigInteger agent = stage.register(PAYEE);
    lapse(deals, agent);
    note("lapse, missed", lapse(deals, agent));
  }

  private Spent lapse(GasDeals deals, BigInteger agent) {
    DealTerms terms = deals.terms(head -> head, leg -> leg.rated(agent, 0));
    deals.open(terms);
    // Nothing yet in the client's hands the first time, as in the contracts' own measurement.
    if (gas.containsKey("lapse, missed, first record")) {
      deals.dust(CLIENT);
    }
    deals.pass(deals.missed(terms));
    return deals.lapse(terms);
  }

  private void silence() {
    GasDeals deals = lean();
    DealTerms terms = deals.terms(head -> head, leg -> leg.review(Duration.ofDays(2), 5_000));
    deals.open(terms);
    deals.deliver(terms, 0, PAYEE, PLAIN_URI);
    deals.pass(stage.chain.now() + terms.legs().getFirst().review());
    note("lapse, silence, divided", deals.lapse(terms));
  }

  private void depositsAndStandby() {
    GasDeals deals = lean();
    BigInteger agent = stage.register(PAYEE);
    BigInteger standbyAgent = stage.register(STANDBY);
    deals.dust(STANDBY);
    note("deposit, first", deals.deposit(PAYEE, GasDeals.PRICE, "deposit, first"));
    note("deposit", deals.deposit(PAYEE, GasDeals.PRICE, "deposit"));
    standby(deals, agent, standbyAgent, ", first record");
    standby(deals, agent, standbyAgent, "");
  }

  private void standby(GasDeals deals, BigInteger agent, BigInteger standbyAgent, String name) {
    DealTerms terms =
        deals.terms(
            head -> head,
            leg -> GasDeals.backed(leg).rated(agent, 0).standbyRated(standbyAgent, 0));
    deals.dust(CLIENT);
    deals.deposit(PAYEE, BigInteger.ONE, "dust" + name);
    deals.deposit(STANDBY, BigInteger.ONE, "dust" + name);
    note("open, agents, bond and standby" + name, deals.open(terms));
    deals.pass(deals.missed(terms));
    note(
        "substitute" + name,
        stage.send(STANDBY, deals.calls.substitute(terms, 0, GasDeals.BY_SENDER)));
    deals.deliver(terms, 0, STANDBY, PLAIN_URI);
    note("accept, standby" + name, deals.accept(terms, RATING));
  }

  private void disputes() {
    GasDeals deals = lean();
    BigInteger agent = stage.register(PAYEE);
    BigInteger clientAgent = stage.register(CLIENT);
    disputed(deals, agent, clientAgent, ", first record");
    disputed(deals, agent, clientAgent, "");
  }

  private void disputed(GasDeals deals, BigInteger agent, BigInteger clientAgent, String name) {
    EvmAddress arbiter = GasStage.ARBITER.address();
    DealTerms terms =
        deals.terms(
            head -> GasDeals.arbitrated(head, arbiter).rated(clientAgent, 0),
            leg -> leg.rated(agent, 0));
    deals.open(terms);
    deals.dust(CLIENT);
    deals.deliver(terms, 0, PAYEE, PLAIN_URI);
    note("dispute", deals.dispute(terms));
    note("rule, both agents, divided" + name, deals.rule(terms));
  }

  private void settleAndRate() {
    BigInteger agent = stage.register(PAYEE);
    GasDeals deals = lean();
    deal(deals, agent, NO_AGENT, 0, "agent, before");
    DealTerms terms = deals.terms(head -> head, leg -> leg.rated(agent, 0));
    deals.open(terms);
    deals.dust(CLIENT);
    note("settle, divided", deals.settle(terms, BigInteger.valueOf(40_000_000)));
    note("rate", stage.send(CLIENT, deals.calls.rate(terms, 0, true, 80, GasDeals.BY_SENDER)));
  }

  private void join() {
    BigInteger agent = stage.register(PAYEE);
    GasDeals deals = lean();
    Instant joinBy = Instant.ofEpochSecond(stage.chain.now()).plus(Duration.ofHours(1));
    DealTerms terms = deals.terms(head -> head.joinBy(joinBy), leg -> leg.rated(agent, 0));
    stage.mint(stage.lean, CLIENT, terms.total());
    stage.send(
        STRANGER, deals.calls.open(terms, List.of(GasDeals.BY_SENDER), deals.authorization(terms)));
    byte[] consent = deals.consent(PAYEE, terms);
    note(
        "join, agent",
        stage.send(STRANGER, deals.calls.join(terms, 0, consent, GasDeals.BY_SENDER)));
  }

  private void withdraw() {
    GasDeals deals = lean();
    DealTerms terms = deals.terms(head -> head.fee(PLATFORM.address(), FEE_BPS), leg -> {});
    deals.open(terms);
    deals.deliver(terms, 0, PAYEE, PLAIN_URI);
    deals.accept(terms, DealEscrowCalls.NO_RATING);
    note(
        "withdraw, first",
        stage.send(PLATFORM, deals.calls.withdraw(deals.asset(), PLATFORM.address())));
  }

  private void fiveLegsWithAgents() {
    List<BigInteger> agents = payees().stream().map(stage::register).toList();
    GasDeals deals = lean();
    fiveLegs(deals, agents, "five legs with agents, first record");
    fiveLegs(deals, agents, "five legs with agents");
  }

  private void fiveLegs(GasDeals deals, List<BigInteger> agents, String name) {
    List<LocalSigner> payees = payees();
    DealTerms terms =
        deals.terms(
            head -> head,
            payees,
            (index, leg) -> {
              leg.amount(BigInteger.valueOf(20_000_000));
              leg.rated(agents.isEmpty() ? NO_AGENT : agents.get(index), 0);
            });
    payees.forEach(deals::dust);
    deals.dust(CLIENT);
    note("open, " + name, deals.open(terms, payees));
    List<Spent> delivered = new ArrayList<>();
    for (int leg = 0; leg < payees.size(); leg++) {
      delivered.add(deals.deliver(terms, leg, payees.get(leg), ""));
    }
    note("deliver all, " + name, Spent.sum(delivered));
    int rating = agents.isEmpty() ? DealEscrowCalls.NO_RATING : RATING;
    List<Integer> ratings = new ArrayList<>(Collections.nCopies(payees.size(), rating));
    note("acceptMany, " + name, stage.send(CLIENT, deals.calls.acceptMany(terms, ratings)));
  }

  private static List<LocalSigner> payees() {
    return IntStream.range(0, 5).mapToObj(i -> GasStage.named("payee " + i)).toList();
  }
}
