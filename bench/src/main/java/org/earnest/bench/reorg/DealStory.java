package org.earnest.bench.reorg;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.earnest.bench.logs.SyntheticChain;
import org.earnest.bench.logs.SyntheticLog;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.bindings.contract.DealEscrow;
import org.earnest.bindings.eip712.DealTypedData;
import org.earnest.bindings.eip712.TermsBytes;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;
import org.earnest.core.deal.LegState;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicBytes;

/**
 * A deal of two legs is opened. Each is perhaps taken over by its standby, closes in some way, and
 * both sides may rate the other then, if the client did not when it accepted.
 */
final class DealStory implements Story {
  private static final EvmAddress ESCROW = AgentLives.ESCROW;
  private static final List<LegState> ENDS =
      List.of(
          LegState.ACCEPTED, LegState.LAPSED, LegState.MISSED, LegState.RULED, LegState.SETTLED);
  private static final int LEGS = 2;
  private static final int MAX_RATING = 100;
  private static final int TAGS = 3;
  private static final int TOKENS = 2;
  private static final int EPOCHS = 2;
  private static final int PHASE = AgentLives.SPAN / 4;
  private static final int NEVER = AgentLives.SPAN + 1;
  private static final int HUGE_ONE_IN = 10;

  /** So large that a few of them are more than a summary's volume can hold. */
  private static final BigInteger HUGE = BigInteger.ONE.shiftLeft(87);

  private final DealTerms terms;
  private final DealId id;
  private final List<Course> courses = new ArrayList<>();

  /** What becomes of a leg, by day; a rating given at the end leaves none for later. */
  private record Course(int takenOver, int ends, boolean rates, int byClient, int byPayee) {
    static Course of(RandomGenerator random) {
      int takenOver = random.nextInt(3) == 0 ? random.nextInt(PHASE) : NEVER;
      int ends = PHASE + random.nextInt(PHASE);
      boolean rates = random.nextBoolean();
      return new Course(
          takenOver,
          ends,
          rates,
          rates ? NEVER : ends + random.nextInt(2 * PHASE),
          random.nextBoolean() ? ends + random.nextInt(2 * PHASE) : NEVER);
    }
  }

  DealStory(String name, long payee, long standby, long client, RandomGenerator random) {
    Hash32 document = EventLogs.hash("deal " + name);
    EvmAddress token = EventLogs.account("0f", random.nextInt(TOKENS));
    List<Leg> legs = new ArrayList<>();
    for (int i = 0; i < LEGS; i++) {
      legs.add(leg(payee + i, standby, random));
      courses.add(Course.of(random));
    }
    this.terms = new DealTerms(head(client, token, document, random), legs);
    this.id = new DealTypedData(SyntheticChain.ID, ESCROW).dealId(terms);
  }

  private static Head head(long client, EvmAddress token, Hash32 document, RandomGenerator random) {
    // Half of the clients are no agents.
    return new Head(
        EventLogs.account("10", client),
        BigInteger.valueOf(random.nextBoolean() ? client : 0),
        random.nextInt(EPOCHS),
        token,
        EventLogs.account("11", 1),
        3_600,
        5_000,
        100,
        EvmAddress.ZERO,
        0,
        1,
        0,
        document);
  }

  private static Leg leg(long payee, long standby, RandomGenerator random) {
    BigInteger amount =
        random.nextInt(HUGE_ONE_IN) == 0 ? HUGE : BigInteger.valueOf(random.nextInt(1, 1_000_000));
    return new Leg(
        EventLogs.account("12", payee),
        BigInteger.valueOf(payee),
        random.nextInt(EPOCHS),
        EventLogs.hash("tag " + random.nextInt(TAGS)),
        amount,
        BigInteger.ONE,
        BigInteger.ONE,
        1,
        1,
        1,
        0,
        Hash32.ZERO,
        EventLogs.account("13", standby),
        BigInteger.valueOf(standby),
        random.nextInt(EPOCHS),
        BigInteger.ONE,
        BigInteger.ONE,
        1,
        1);
  }

  @Override
  public List<SyntheticLog> on(int day, RandomGenerator random) {
    List<SyntheticLog> logs = new ArrayList<>();
    if (day == 0) {
      logs.add(opened());
    }
    for (int leg = 0; leg < LEGS; leg++) {
      Course course = courses.get(leg);
      if (day == course.takenOver()) {
        logs.add(takenOver(leg));
      }
      if (day == course.ends()) {
        logs.add(closed(leg, random));
      }
      if (day == course.byClient()) {
        logs.add(rated(leg, true, atWork(leg), random));
      }
      if (day == course.byPayee() && terms.head().clientAgentId().signum() > 0) {
        logs.add(rated(leg, false, terms.head().clientAgentId(), random));
      }
    }
    return logs;
  }

  private SyntheticLog opened() {
    return EventLogs.of(
        ESCROW,
        DealEscrow.OPENED_EVENT,
        EventLogs.word(id.digest()),
        EventLogs.address(terms.head().client()),
        EventLogs.uint((1 << LEGS) - 1),
        new DynamicBytes(TermsBytes.encode(terms)));
  }

  private SyntheticLog takenOver(int leg) {
    return EventLogs.of(
        ESCROW,
        DealEscrow.SUBSTITUTED_EVENT,
        EventLogs.word(id.digest()),
        EventLogs.number(terms.legs().get(leg).agentId()),
        EventLogs.uint(leg),
        EventLogs.uint(1),
        EventLogs.uint(1));
  }

  SyntheticLog closed(int leg, RandomGenerator random) {
    Course course = courses.get(leg);
    BigInteger amount = terms.legs().get(leg).amount();
    BigInteger paid = amount.shiftRight(random.nextInt(3));
    LegState end = ENDS.get(random.nextInt(ENDS.size()));
    int rating = course.rates() ? random.nextInt(MAX_RATING + 1) : DealEscrowCalls.NO_RATING;
    return EventLogs.of(
        ESCROW,
        DealEscrow.CLOSED_EVENT,
        EventLogs.word(id.digest()),
        EventLogs.number(atWork(leg)),
        EventLogs.uint(leg),
        EventLogs.uint(end.number()),
        EventLogs.uint(rating),
        EventLogs.uint(random.nextInt(2)),
        EventLogs.number(paid),
        EventLogs.number(amount.subtract(paid)),
        EventLogs.uint(0),
        EventLogs.uint(0),
        EventLogs.uint(0),
        EventLogs.uint(0),
        EventLogs.address(EvmAddress.ZERO),
        EventLogs.word(Hash32.ZERO));
  }

  private SyntheticLog rated(int leg, boolean byClient, BigInteger whom, RandomGenerator random) {
    return EventLogs.of(
        ESCROW,
        DealEscrow.RATED_EVENT,
        EventLogs.word(id.digest()),
        EventLogs.number(whom),
        EventLogs.uint(leg),
        new Bool(byClient),
        EventLogs.uint(random.nextInt(MAX_RATING + 1)));
  }

  private BigInteger atWork(int leg) {
    Leg of = terms.legs().get(leg);
    return courses.get(leg).takenOver() == NEVER ? of.agentId() : of.standbyAgentId();
  }
}
