package org.earnest.escrow.chain;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.Caip19AssetId;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.deal.OpenedDeals;
import org.earnest.core.deal.OpenedDealsUnavailableException;
import org.earnest.escrow.store.DealQueries;
import org.earnest.kit.follow.LogFollower;
import org.earnest.kit.postgres.DatabaseUnavailableException;

/** What clients paid into this escrow, up to the chain's newest block. */
public final class ClientLedger implements OpenedDeals {
  /** More deals than this within one question are not added up. */
  static final int MAX_DEALS = 1_000;

  /** How long the newest block is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ChainReader chain;
  private final LogFollower follower;
  private final DealQueries deals;

  public ClientLedger(ChainReader chain, LogFollower follower, DealQueries deals) {
    this.chain = chain;
    this.follower = follower;
    this.deals = deals;
  }

  @Override
  public BigInteger openedSince(Caip10AccountId client, Caip19AssetId asset, Instant since) {
    requireHere(client, asset);
    try {
      awaitHead();
      List<DealQueries.PaidIn> newest =
          deals.paidIn(client.address(), asset.token(), MAX_DEALS + 1);
      int within = countSince(newest, since);
      if (within > MAX_DEALS) {
        throw new OpenedDealsUnavailableException(
            "the client opened more than %d deals since %s".formatted(MAX_DEALS, since));
      }
      return newest.subList(0, within).stream()
          .map(DealQueries.PaidIn::amount)
          .reduce(BigInteger.ZERO, BigInteger::add);
    } catch (ChainUnavailableException | DatabaseUnavailableException unavailable) {
      throw new OpenedDealsUnavailableException("the ledger cannot be asked", unavailable);
    }
  }

  private void requireHere(Caip10AccountId client, Caip19AssetId asset) {
    if (!client.chain().equals(chain.chainId()) || !asset.chain().equals(chain.chainId())) {
      throw new OpenedDealsUnavailableException(
          "deals of %s alone are known".formatted(chain.chainId()));
    }
  }

  private void awaitHead() {
    BlockRef head =
        chain
            .block(BlockTag.Named.LATEST)
            .orElseThrow(() -> new OpenedDealsUnavailableException("the node names no head"))
            .ref();
    try {
      if (!follower.awaitBlock(head, PATIENCE)) {
        throw new OpenedDealsUnavailableException("the ledger is behind block " + head.number());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new OpenedDealsUnavailableException("interrupted", interrupted);
    }
  }

  /** By halving, as each look at a block's time asks the node. */
  private int countSince(List<DealQueries.PaidIn> newestFirst, Instant since) {
    int within = 0;
    int beyond = newestFirst.size();
    while (within < beyond) {
      int middle = (within + beyond) >>> 1;
      if (time(newestFirst.get(middle).opened()).isBefore(since)) {
        beyond = middle;
      } else {
        within = middle + 1;
      }
    }
    return within;
  }

  private Instant time(BlockRef block) {
    return chain
        .blockByHash(block.hash())
        .map(header -> Instant.ofEpochSecond(header.timestamp()))
        .orElseThrow(
            () -> new OpenedDealsUnavailableException("block %s was undone".formatted(block)));
  }
}
