package org.earnest.bindings.call;

import java.math.BigInteger;
import java.util.Optional;
import org.earnest.bindings.contract.DealEscrow;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.DealTerms;
import org.earnest.core.deal.LegState;
import org.earnest.core.deal.LegStatus;
import org.earnest.core.reputation.SettledSummary;

/** What the escrow knows. */
public final class DealEscrowReads {
  private static final int SUBSTITUTED = 1;
  private static final int CLIENT_RATED = 2;
  private static final int PAYEE_RATED = 4;
  private static final int DISPUTED_BEFORE_DELIVERY = 8;

  private final DealEscrow abi;
  private final ContractReads reads;

  public DealEscrowReads(ChainReader chain, EvmAddress escrow) {
    this.abi = Wrappers.dealEscrow();
    this.reads = new ContractReads(chain, escrow);
  }

  /** The registry that its agents are registered in; empty where it does not know the question. */
  public Optional<EvmAddress> identityRegistry(BlockTag at) {
    return reads.find(
        abi.identityRegistry(), at, values -> new EvmAddress(values.get(0, String.class)));
  }

  public LegStatus legStatus(DealId deal, int leg, BlockTag at) {
    return reads.read(
        abi.legState(deal.digest().bytes(), BigInteger.valueOf(leg)),
        at,
        values -> {
          int flags = values.get(1, BigInteger.class).intValueExact();
          return new LegStatus(
              LegState.of(values.get(0, BigInteger.class).intValueExact()),
              (flags & SUBSTITUTED) != 0,
              (flags & CLIENT_RATED) != 0,
              (flags & PAYEE_RATED) != 0,
              (flags & DISPUTED_BEFORE_DELIVERY) != 0,
              values.get(2, BigInteger.class).longValueExact(),
              values.get(3, BigInteger.class).longValueExact());
        });
  }

  /** Atomic units that wait for an account to withdraw them. */
  public BigInteger credit(EvmAddress token, EvmAddress account, BlockTag at) {
    return reads.read(
        abi.credit(token.hex(), account.hex()), at, values -> values.get(0, BigInteger.class));
  }

  /** The contract's own computation of a deal's id. */
  public DealId dealId(DealTerms terms, BlockTag at) {
    return reads.read(
        abi.dealIdOf(DealStructs.of(terms.head()), DealStructs.legs(terms)),
        at,
        values -> new DealId(Hash32.of(values.get(0, byte[].class))));
  }

  /** The settled record of an agent in one epoch, for one token and tag. */
  public SettledSummary settled(
      BigInteger agentId, long epoch, EvmAddress token, Hash32 tag, BlockTag at) {
    return reads.read(
        abi.settledSummaryAt(agentId, BigInteger.valueOf(epoch), token.hex(), tag.bytes()),
        at,
        values -> summary((DealEscrow.SettledSummary) values.all().getFirst()));
  }

  private static SettledSummary summary(DealEscrow.SettledSummary read) {
    return new SettledSummary(
        read.volume,
        read.closed.longValueExact(),
        read.rated.longValueExact(),
        read.ratingSum.longValueExact(),
        read.missed.longValueExact(),
        read.late.longValueExact(),
        read.lost.longValueExact());
  }
}
