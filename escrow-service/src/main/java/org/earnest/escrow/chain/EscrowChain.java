package org.earnest.escrow.chain;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.earnest.bindings.call.DealEscrowReads;
import org.earnest.bindings.call.TokenReads;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.bindings.revert.RevertReason;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.deal.DealId;
import org.earnest.core.deal.LegStatus;
import org.earnest.core.submission.FinalBlock;
import org.earnest.core.submission.Finality;
import org.earnest.core.submission.SubmissionOutcome;
import org.earnest.core.submission.SubmissionRequest;
import org.earnest.core.submission.TransactionSubmitter;

/** One escrow contract: its state now, and the way to send it a transaction. */
public final class EscrowChain {
  /** Wei; a thousandth of an ether. */
  private static final BigInteger MIN_BALANCE = BigInteger.TEN.pow(15);

  private static final String NO_CODE = "0x";

  private final ChainReader chain;
  private final DealEscrowReads reads;
  private final TransactionSubmitter submitter;
  private final FinalBlock finalBlock;

  /**
   * The way to one.
   *
   * @param finality when a block counts as final; the same as the submitter's
   */
  public EscrowChain(
      ChainReader chain, EvmAddress escrow, TransactionSubmitter submitter, Finality finality) {
    this.chain = chain;
    this.reads = new DealEscrowReads(chain, escrow);
    this.submitter = submitter;
    this.finalBlock = new FinalBlock(chain, finality);
  }

  public Caip2ChainId chainId() {
    return chain.chainId();
  }

  /** The newest block. */
  public BlockRef head() {
    return latest().ref();
  }

  /** The highest block that counts as final; empty while there is none. */
  public Optional<Long> finalBlock() {
    return finalBlock.number();
  }

  /** Whether the chain has this very block at its height. */
  boolean has(BlockRef block) {
    return chain
        .block(new BlockTag.Height(block.number()))
        .filter(header -> header.ref().equals(block))
        .isPresent();
  }

  /** The chain's time, in seconds of 1970. */
  public long time() {
    return chain.time();
  }

  public LegStatus status(DealId deal, int leg) {
    return reads.legStatus(deal, leg, BlockTag.Named.LATEST);
  }

  /** Atomic units that an account has in the escrow. */
  public BigInteger credit(EvmAddress token, EvmAddress account) {
    return reads.credit(token, account, BlockTag.Named.LATEST);
  }

  /** Whether the nonce of an EIP-3009 authorization was used or cancelled. */
  public boolean authorizationUsed(EvmAddress token, EvmAddress account, Hash32 nonce) {
    return new TokenReads(chain, token).authorizationUsed(account, nonce, BlockTag.Named.LATEST);
  }

  /** Those of the accounts that are contracts. */
  public Set<EvmAddress> contracts(Set<EvmAddress> accounts) {
    return accounts.stream()
        .filter(account -> !chain.code(account, BlockTag.Named.LATEST).equals(NO_CODE))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What the contract would say to the call if it came next, from whichever account. */
  public Rehearsal rehearse(ChainCall call) {
    ChainCall asSender = new ChainCall(Optional.of(submitter.sender()), call.to(), call.data());
    Optional<RevertReason> next = refusal(asSender, BlockTag.Named.PENDING);
    if (next.isEmpty()) {
      return new Rehearsal.Passes();
    }
    return refusal(asSender, BlockTag.Named.LATEST).isEmpty()
        ? new Rehearsal.InFlight()
        : new Rehearsal.Refused(next.get());
  }

  /** Whether one of the accounts that pay has more than a few transactions' gas. */
  public boolean funded() {
    return submitter.senders().stream()
        .anyMatch(
            sender -> chain.balance(sender, BlockTag.Named.LATEST).compareTo(MIN_BALANCE) > 0);
  }

  private Optional<RevertReason> refusal(ChainCall call, BlockTag at) {
    return switch (chain.call(call, at)) {
      case CallOutcome.Returned returned -> Optional.empty();
      case CallOutcome.Reverted reverted -> Optional.of(RevertDecoder.decode(reverted.data()));
    };
  }

  /** Sends the call once for ever under its key. */
  public SubmissionOutcome send(String key, ChainCall call, Duration patience) {
    return submitter.submit(new SubmissionRequest(key, call.to(), call.data()), patience);
  }

  private BlockHeader latest() {
    return chain
        .block(BlockTag.Named.LATEST)
        .orElseThrow(() -> new ChainUnavailableException("the chain has no newest block"));
  }
}
