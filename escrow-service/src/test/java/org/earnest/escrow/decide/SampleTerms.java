package org.earnest.escrow.decide;

import java.math.BigInteger;
import java.util.Collections;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.Head;
import org.earnest.core.deal.Leg;

/** Terms that are good, with members to change one at a time. */
public final class SampleTerms {
  public static final Hash32 TAG = new Hash32("0x" + "7a".repeat(32));
  public static final Hash32 CRITERIA = new Hash32("0x" + "c4".repeat(32));

  public EvmAddress client;
  public BigInteger clientAgentId = BigInteger.ZERO;
  public EvmAddress token;
  public EvmAddress arbiter = EvmAddress.ZERO;
  public long rulingTime;
  public int deadlockBps;
  public int arbiterFeeBps;
  public EvmAddress feeReceiver = EvmAddress.ZERO;
  public int feeBps;
  public long openBy;
  public long joinBy;
  public Hash32 docHash = new Hash32("0x" + "0d".repeat(32));
  public EvmAddress payee;
  public BigInteger agentId = BigInteger.ZERO;
  public long agentEpoch;
  public Hash32 tag = TAG;
  public BigInteger amount = BigInteger.valueOf(2_500_000);
  public BigInteger bond = BigInteger.ZERO;
  public BigInteger penaltyMax = BigInteger.ZERO;
  public long due;
  public long grace = 600;
  public long review = 3_600;
  public int silenceBps = 10_000;
  public EvmAddress standby = EvmAddress.ZERO;
  public BigInteger retainer = BigInteger.ZERO;
  public long callWindow;
  public long standbyTime;
  public int legs = 1;

  public SampleTerms(EvmAddress client, EvmAddress payee, EvmAddress token, long now) {
    this.client = client;
    this.payee = payee;
    this.token = token;
    this.openBy = now + 3_600;
    this.due = now + 7_200;
  }

  public SampleTerms salted(long salt) {
    docHash = new Hash32("0x%064x".formatted(salt));
    return this;
  }

  public DealTerms build() {
    Head head =
        new Head(
            client,
            clientAgentId,
            0,
            token,
            arbiter,
            rulingTime,
            deadlockBps,
            arbiterFeeBps,
            feeReceiver,
            feeBps,
            openBy,
            joinBy,
            docHash);
    Leg leg =
        new Leg(
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
            CRITERIA,
            standby,
            BigInteger.ZERO,
            0,
            retainer,
            BigInteger.ZERO,
            callWindow,
            standbyTime);
    return new DealTerms(head, Collections.nCopies(legs, leg));
  }
}
