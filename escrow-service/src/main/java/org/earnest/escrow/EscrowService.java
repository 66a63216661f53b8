package org.earnest.escrow;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.deal.DealAuthority;
import org.earnest.core.deal.SettlementReceipts;
import org.earnest.core.submission.Finality;
import org.earnest.core.submission.TransactionSubmitter;
import org.earnest.escrow.chain.ClientLedger;
import org.earnest.escrow.chain.DealRelay;
import org.earnest.escrow.chain.DepositRelay;
import org.earnest.escrow.chain.EscrowChain;
import org.earnest.escrow.decide.AllowedToken;
import org.earnest.escrow.decide.EscrowBounds;
import org.earnest.escrow.edge.DealCredentialService;
import org.earnest.escrow.edge.DealService;
import org.earnest.escrow.store.DealQueries;
import org.earnest.escrow.store.DealStore;
import org.earnest.kit.follow.FollowHaltedException;
import org.earnest.kit.follow.FollowProgress;
import org.earnest.kit.follow.FollowSettings;
import org.earnest.kit.follow.LogFollower;
import org.earnest.kit.http.HttpService;
import org.earnest.kit.idempotency.IdempotencyKeys;
import org.earnest.kit.postgres.Database;

/** Relays deals to one escrow contract, and knows from its events how they stand. */
public final class EscrowService implements AutoCloseable {
  private static final String NAME = "escrow-service";

  /** Blocks of one transaction at most, as every log of the escrow takes statements of its own. */
  private static final int RANGE = 2_000;

  private final LogFollower follower;
  private final HttpService service;
  private final DealRelay relay;
  private final ClientLedger ledger;
  private final EscrowBounds bounds;

  private EscrowService(
      LogFollower follower,
      HttpService service,
      DealRelay relay,
      ClientLedger ledger,
      EscrowBounds bounds) {
    this.follower = follower;
    this.service = service;
    this.relay = relay;
    this.ledger = ledger;
    this.bounds = bounds;
  }

  /**
   * Brings the schema up to date and starts to follow the escrow from the chain's beginning.
   *
   * @param followed the same chain, for reading its logs
   * @param tokens that deals may be in
   * @param submitter pays the gas of everything that is relayed
   * @param finality when answers say that something is final; the same as the submitter's
   * @param idempotency answers kept under callers' keys
   * @throws FollowHaltedException {@code chain_replaced} when the database belongs to another chain
   */
  public static EscrowService start(
      ChainReader chain,
      ChainReader followed,
      EvmAddress escrow,
      List<AllowedToken> tokens,
      TransactionSubmitter submitter,
      Finality finality,
      Database database,
      IdempotencyKeys idempotency) {
    return start(
        chain,
        followed,
        escrow,
        tokens,
        submitter,
        finality,
        database,
        idempotency,
        DealRelay.SEND_PATIENCE,
        DealRelay.FOLLOW_PATIENCE);
  }

  /**
   * The same with another patience.
   *
   * @param patience how long a request waits for its transaction before it is answered 202
   * @param following how long it then waits until the transaction's block is read, the same
   */
  public static EscrowService start(
      ChainReader chain,
      ChainReader followed,
      EvmAddress escrow,
      List<AllowedToken> tokens,
      TransactionSubmitter submitter,
      Finality finality,
      Database database,
      IdempotencyKeys idempotency,
      Duration patience,
      Duration following) {
    database.migrate(DealStore.SCHEMA);
    LogFollower follower =
        LogFollower.start(
            NAME,
            followed,
            new DealStore(database, chain.chainId()),
            FollowSettings.of(Set.of(escrow)).withRange(RANGE));
    EscrowBounds bounds = new EscrowBounds(chain.chainId(), escrow, tokens);
    DealQueries deals = new DealQueries(database, chain.chainId());
    EscrowChain relayed = new EscrowChain(chain, escrow, submitter, finality);
    DealRelay relay = new DealRelay(bounds, relayed, deals, follower, patience, following);
    return new EscrowService(
        follower,
        new DealService(
            bounds,
            relay,
            new DepositRelay(bounds, relayed, patience),
            deals,
            idempotency,
            follower::readiness),
        relay,
        new ClientLedger(chain, follower, deals),
        bounds);
  }

  /** Its HTTP face, to be mounted on a host. */
  public HttpService service() {
    return service;
  }

  /**
   * What credentials have to do with deals, to be mounted beside {@link #service}.
   *
   * @param registry that the agents of deals are registered in
   * @param receipts makes credentials of settlements
   * @param authority judges who may open deals for whom
   */
  public HttpService credentials(
      Caip10AccountId registry, SettlementReceipts receipts, DealAuthority authority) {
    return new DealCredentialService(bounds, relay, ledger, registry, receipts, authority);
  }

  public FollowProgress progress() {
    return follower.progress();
  }

  @Override
  public void close() {
    follower.close();
  }
}
