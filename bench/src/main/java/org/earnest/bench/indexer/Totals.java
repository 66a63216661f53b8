package org.earnest.bench.indexer;

import java.math.BigInteger;
import org.earnest.bench.logs.BlockContents;
import org.earnest.bench.logs.Lineage;
import org.earnest.bench.logs.SyntheticLog;
import org.earnest.bindings.event.Decoding;
import org.earnest.bindings.event.EventDecoder;
import org.earnest.bindings.event.FeedbackEvent.NewFeedback;
import org.earnest.core.chain.BlockRef;
import org.earnest.core.chain.Caip2ChainId;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.LogRef;

/** What an indexer must come to: how many entries, and their values' sum. */
record Totals(long entries, BigInteger sum) {
  private static final LogRef ANYWHERE =
      new LogRef(new BlockRef(Caip2ChainId.eip155(1), 0, Hash32.ZERO), Hash32.ZERO, 0);

  static Totals of(BlockContents chain, long blocks) {
    long entries = 0;
    BigInteger sum = BigInteger.ZERO;
    for (long block = 0; block <= blocks; block++) {
      for (SyntheticLog log : chain.logs(block, Lineage.UNCHANGED)) {
        entries++;
        sum = sum.add(value(log));
      }
    }
    return new Totals(entries, sum);
  }

  private static BigInteger value(SyntheticLog log) {
    ChainLog read = new ChainLog(ANYWHERE, log.address(), log.topics(), log.data(), false);
    return EventDecoder.decode(read) instanceof Decoding.Decoded(NewFeedback feedback)
        ? feedback.value()
        : BigInteger.ZERO;
  }
}
