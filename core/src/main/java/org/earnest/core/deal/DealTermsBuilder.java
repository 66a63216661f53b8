package org.earnest.core.deal;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;

/**
 * Terms, written one agreement at a time; what is not said is zero. Durations are whole seconds;
 * anything else is an {@link IllegalArgumentException}. Instants count by their second.
 */
public final class DealTermsBuilder {
  private final EvmAddress client;
  private BigInteger clientAgentId = BigInteger.ZERO;
  private long clientAgentEpoch;
  private EvmAddress token = EvmAddress.ZERO;
  private EvmAddress arbiter = EvmAddress.ZERO;
  private long rulingTime;
  private int deadlockBps;
  private int arbiterFeeBps;
  private EvmAddress feeReceiver = EvmAddress.ZERO;
  private int feeBps;
  private long openBy;
  private long joinBy;
  private Hash32 docHash = Hash32.ZERO;
  private final List<Leg> legs = new ArrayList<>();

  DealTermsBuilder(EvmAddress client) {
    this.client = client;
  }

  /** The client's agent, in the epoch that the registry has it in. */
  public DealTermsBuilder rated(BigInteger agentId, long epoch) {
    this.clientAgentId = agentId;
    this.clientAgentEpoch = epoch;
    return this;
  }

  /** The token that all amounts are in. */
  public DealTermsBuilder in(EvmAddress usedToken) {
    this.token = usedToken;
    return this;
  }

  /**
   * Who rules on disputes.
   *
   * @param within how long a dispute waits for a ruling
   * @param deadlock the payee's share in basis points if the arbiter stays silent
   */
  public DealTermsBuilder judgedBy(EvmAddress judge, Duration within, int deadlock) {
    this.arbiter = judge;
    this.rulingTime = Seconds.of(within, "rulingTime");
    this.deadlockBps = deadlock;
    return this;
  }

  /** The arbiter's fee for a ruling, in basis points of a leg's net amount. */
  public DealTermsBuilder arbiterFee(int bps) {
    this.arbiterFeeBps = bps;
    return this;
  }

  /** The platform's fee, in basis points of what payees are paid. */
  public DealTermsBuilder fee(EvmAddress receiver, int bps) {
    this.feeReceiver = receiver;
    this.feeBps = bps;
    return this;
  }

  /** Until when the signatures are good. */
  public DealTermsBuilder openBy(Instant deadline) {
    this.openBy = deadline.getEpochSecond();
    return this;
  }

  /** Lets payees join later, until then; else everybody signs at opening. */
  public DealTermsBuilder joinBy(Instant deadline) {
    this.joinBy = deadline.getEpochSecond();
    return this;
  }

  /** Hash of the terms' document, which carries 128 random bits. */
  public DealTermsBuilder document(Hash32 hash) {
    this.docHash = hash;
    return this;
  }

  /** One more payment for one piece of work. */
  public DealTermsBuilder leg(EvmAddress payee, Consumer<LegBuilder> agreement) {
    LegBuilder leg = new LegBuilder(payee);
    agreement.accept(leg);
    legs.add(leg.build());
    return this;
  }

  /**
   * The terms, unless the escrow would refuse them.
   *
   * @param escrow the contract that they are for
   * @param now the chain's time
   * @throws BrokenTermsException with the first rule that they break, by the contract's name of it
   * @throws IllegalArgumentException when a member does not fit its type
   */
  public DealTerms build(EvmAddress escrow, Instant now) {
    DealTerms terms =
        new DealTerms(
            new Head(
                client,
                clientAgentId,
                clientAgentEpoch,
                token,
                arbiter,
                rulingTime,
                deadlockBps,
                arbiterFeeBps,
                feeReceiver,
                feeBps,
                openBy,
                joinBy,
                docHash),
            legs);
    TermsRules.firstBroken(terms, escrow, now.getEpochSecond())
        .ifPresent(
            rule -> {
              throw new BrokenTermsException(rule);
            });
    return terms;
  }
}
