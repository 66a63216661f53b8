package org.earnest.payments.server;

import java.util.Optional;
import org.earnest.core.chain.BlockHeader;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.TransactionReceipt;
import org.earnest.payments.wire.SettleResponse;

/**
 * Lets an answer go once its transaction has so many blocks on top of it, by the seller's own look
 * at the chain: what the facilitator says alone does not do.
 *
 * @param blocks 0 where it suffices that the transaction was mined
 */
public record Confirmations(ChainReader chain, int blocks) implements Release {
  public Confirmations {
    if (blocks < 0) {
      throw new IllegalArgumentException("no transaction has less than no blocks on top of it");
    }
  }

  /** False as well where the chain cannot be asked: then it is not known to be so. */
  @Override
  public boolean allows(SettleResponse settlement) {
    if (!settlement.network().equals(chain.chainId().toString())) {
      return false;
    }
    try {
      Optional<TransactionReceipt> receipt = chain.receipt(new Hash32(settlement.transaction()));
      Optional<BlockHeader> head = chain.block(BlockTag.Named.LATEST);
      return receipt.isPresent() && head.isPresent() && isDeep(receipt.get(), head.get());
    } catch (ChainUnavailableException | IllegalArgumentException unknown) {
      return false;
    }
  }

  private boolean isDeep(TransactionReceipt receipt, BlockHeader head) {
    return receipt.succeeded() && head.ref().number() - receipt.block().number() >= blocks;
  }
}
