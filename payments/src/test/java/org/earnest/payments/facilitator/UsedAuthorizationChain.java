package org.earnest.payments.facilitator;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogQuery;
import org.earnest.core.chain.SentTransaction;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.payments.testing.Payments;

/**
 * A long chain on which one authorization was used.
 *
 * @param head its newest block; the blocks are a second apart
 * @param usedIn the block that used it
 * @param told whether the node's logs tell of that
 */
record UsedAuthorizationChain(long head, long usedIn, boolean told) implements ChainReader {
  private static final EvmAddress STRANGER = new EvmAddress("0x" + "11".repeat(20));

  @Override
  public Caip2ChainId chainId() {
    return Payments.CHAIN;
  }

  @Override
  public Optional<BlockHeader> block(BlockTag tag) {
    long number = number(tag);
    BlockRef ref = new BlockRef(Payments.CHAIN, number, Payments.seed("block " + number));
    return Optional.of(new BlockHeader(ref, Payments.seed("parent"), number, BigInteger.ONE));
  }

  @Override
  public CallOutcome call(ChainCall call, BlockTag at) {
    return new CallOutcome.Returned("0x%064x".formatted(number(at) >= usedIn ? 1 : 0));
  }

  @Override
  public List<ChainLog> logs(LogQuery query) {
    return told && query.fromBlock() <= usedIn && usedIn <= query.toBlock() ? events() : List.of();
  }

  @Override
  public Optional<SentTransaction> transaction(Hash32 hash) {
    throw new AssertionError("not asked for transactions");
  }

  @Override
  public Optional<TransactionReceipt> receipt(Hash32 transaction) {
    BlockRef ref = new BlockRef(Payments.CHAIN, usedIn, Payments.seed("block " + usedIn));
    return Optional.of(
        new TransactionReceipt(
            transaction,
            ref,
            STRANGER,
            true,
            BigInteger.ONE,
            BigInteger.ONE,
            Optional.empty(),
            events()));
  }

  private static List<ChainLog> events() {
    return List.of(
        SettlementEvidenceTest.used(Payments.USDC.token(), "a"),
        SettlementEvidenceTest.moved(Payments.USDC.token(), Payments.SELLER, 1_000));
  }

  private long number(BlockTag tag) {
    return tag instanceof BlockTag.Height height ? height.number() : head;
  }

  @Override
  public long time() {
    return head;
  }

  @Override
  public Optional<BlockHeader> blockByHash(Hash32 hash) {
    throw new AssertionError("not asked for blocks by hash");
  }

  @Override
  public String code(EvmAddress account, BlockTag at) {
    return "0x60";
  }

  @Override
  public BigInteger balance(EvmAddress account, BlockTag at) {
    throw new AssertionError("not asked for balances");
  }

  @Override
  public BigInteger transactionCount(EvmAddress account, BlockTag at) {
    throw new AssertionError("not asked for nonces");
  }
}
