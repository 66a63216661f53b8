package org.earnest.core.deal;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * One leg's agreement; what is not said is zero. Amounts are the token's atomic units, durations
 * whole seconds.
 */
public final class LegBuilder {
  private final EvmAddress payee;
  private BigInteger agentId = BigInteger.ZERO;
  private long agentEpoch;
  private Hash32 tag = Hash32.ZERO;
  private BigInteger amount = BigInteger.ZERO;
  private BigInteger bond = BigInteger.ZERO;
  private BigInteger penaltyMax = BigInteger.ZERO;
  private long due;
  private long grace;
  private long review;
  private int silenceBps;
  private Hash32 criteriaHash = Hash32.ZERO;
  private EvmAddress standby = EvmAddress.ZERO;
  private BigInteger standbyAgentId = BigInteger.ZERO;
  private long standbyAgentEpoch;
  private BigInteger retainer = BigInteger.ZERO;
  private BigInteger standbyBond = BigInteger.ZERO;
  private long callWindow;
  private long standbyTime;

  LegBuilder(EvmAddress payee) {
    this.payee = payee;
  }

  /** The payee's agent, in the epoch that the registry has it in. */
  public LegBuilder rated(BigInteger id, long epoch) {
    this.agentId = id;
    this.agentEpoch = epoch;
    return this;
  }

  /** What the work is, for the settled record. */
  public LegBuilder tag(Hash32 what) {
    this.tag = what;
    return this;
  }

  public LegBuilder amount(BigInteger price) {
    this.amount = price;
    return this;
  }

  /** What the payee puts down, and loses if it misses. */
  public LegBuilder bond(BigInteger deposit) {
    this.bond = deposit;
    return this;
  }

  /** When the delivery is due. */
  public LegBuilder due(Instant instant) {
    this.due = instant.getEpochSecond();
    return this;
  }

  /**
   * How long after due a delivery is late but good.
   *
   * @param penalty what the price loses at the end of it, growing in a straight line
   */
  public LegBuilder grace(Duration time, BigInteger penalty) {
    this.grace = Seconds.of(time, "grace");
    this.penaltyMax = penalty;
    return this;
  }

  /**
   * How long the client may look at the delivery.
   *
   * @param silence the payee's share in basis points if the client then was silent
   */
  public LegBuilder review(Duration time, int silence) {
    this.review = Seconds.of(time, "review");
    this.silenceBps = silence;
    return this;
  }

  /** How long the client may look at the delivery; its silence then calls the arbiter. */
  public LegBuilder reviewElseArbiter(Duration time) {
    return review(time, TermsLimits.ESCALATE);
  }

  /** Hash of what the delivery is held against. */
  public LegBuilder criteria(Hash32 hash) {
    this.criteriaHash = hash;
    return this;
  }

  /**
   * Who takes over after a miss.
   *
   * @param fee what it gets for being ready, paid on top of the amount
   * @param deposit what it puts down
   * @param window how long after a miss it may take over
   * @param time how long it then has
   */
  public LegBuilder standby(
      EvmAddress other, BigInteger fee, BigInteger deposit, Duration window, Duration time) {
    this.standby = other;
    this.retainer = fee;
    this.standbyBond = deposit;
    this.callWindow = Seconds.of(window, "callWindow");
    this.standbyTime = Seconds.of(time, "standbyTime");
    return this;
  }

  /** The standby's agent, in the epoch that the registry has it in. */
  public LegBuilder standbyRated(BigInteger id, long epoch) {
    this.standbyAgentId = id;
    this.standbyAgentEpoch = epoch;
    return this;
  }

  Leg build() {
    return new Leg(
        payee,
        agentId,
        agentEpoch,
        tag,
        amount,
        bond,
        penaltyMax,
        due,
        grace,
        review,
        silenceBps,
        criteriaHash,
        standby,
        standbyAgentId,
        standbyAgentEpoch,
        retainer,
        standbyBond,
        callWindow,
        standbyTime);
  }
}
