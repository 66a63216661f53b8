package org.earnest.escrow.chain;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.call.DealEscrowCalls;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.EvmAddress;
import org.earnest.escrow.decide.DepositRequest;
import org.earnest.escrow.decide.EscrowBounds;
import org.earnest.escrow.decide.OpenRequest;
import org.earnest.escrow.decide.Refusal;

/** Brings deposits to the escrow, each once: the token spends its authorization's nonce. */
public final class DepositRelay {
  private final EscrowBounds bounds;
  private final EscrowChain chain;
  private final DealEscrowCalls calls;
  private final Submissions submissions;

  public DepositRelay(EscrowBounds bounds, EscrowChain chain, Duration patience) {
    this.bounds = bounds;
    this.chain = chain;
    this.calls = new DealEscrowCalls(bounds.escrow());
    this.submissions = new Submissions(chain, patience);
  }

  /**
   * An account's credit once its deposit is in.
   *
   * @param credit atomic units
   * @param at the block that was asked
   */
  public record Deposited(BigInteger credit, BlockRef at) {}

  /** Sends a deposit; one that is in already is what was asked for. */
  public RelayOutcome<Deposited> deposit(DepositRequest request) throws InterruptedException {
    Optional<Deposited> before = find(request);
    if (before.isPresent()) {
      return new RelayOutcome.Done<>(before.get());
    }
    Set<EvmAddress> wallets = chain.contracts(Set.of(request.account()));
    Optional<Refusal> refusal = request.refusal(bounds, wallets, chain.time());
    if (refusal.isPresent()) {
      return new RelayOutcome.Refused<>(refusal.get());
    }
    OpenRequest.Authorization by = request.authorization();
    return submissions.send(
        "deposit:" + request.nonce(bounds),
        calls.deposit(
            request.token(), request.account(), request.amount(), request.salt(), by.funding()),
        block -> find(request));
  }

  /** An account's credit in a token, in atomic units. */
  public Deposited credit(EvmAddress token, EvmAddress account) {
    BlockRef head = chain.head();
    return new Deposited(chain.credit(token, account), head);
  }

  private Optional<Deposited> find(DepositRequest request) {
    return bounds.tokenDomain(request.token()).isPresent()
            && chain.authorizationUsed(request.token(), request.account(), request.nonce(bounds))
        ? Optional.of(credit(request.token(), request.account()))
        : Optional.empty();
  }
}
