package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.earnest.bindings.call.CallBatchCalls;
import org.earnest.bindings.revert.RevertDecoder;
import org.earnest.core.chain.BlockTag;
import org.earnest.core.chain.CallOutcome;
import org.earnest.core.chain.ChainCall;
import org.earnest.core.chain.ChainReader;
import org.earnest.core.chain.ChainUnavailableException;
import org.earnest.core.chain.EvmAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which calls go together into one transaction. The others are sent alone, after it. */
final class BatchSelection {
  private static final Logger LOG = LoggerFactory.getLogger(BatchSelection.class);

  /** Nodes take transactions of 128 KiB. */
  private static final int MAX_DATA_BYTES = 96 * 1024;

  /** A transaction, and the contract's own work. */
  private static final BigInteger BASE_GAS = BigInteger.valueOf(30_000);

  /** What calldata costs at most (EIP-2028). */
  private static final BigInteger BYTE_GAS = BigInteger.valueOf(16);

  /** The words around an item's data. */
  private static final int ITEM_BYTES = 6 * 32;

  /** Nodes search for the least gas, and stop within so much of it. */
  private static final BigInteger ESTIMATE_PERCENT = BigInteger.valueOf(102);

  private static final BigInteger HUNDRED = BigInteger.valueOf(100);

  private final ChainReader chain;
  private final EvmAddress batch;
  private final BigInteger room;

  BatchSelection(ChainReader chain, EvmAddress batch, BigInteger maxGas) {
    this.chain = chain;
    this.batch = batch;
    this.room = maxGas.multiply(HUNDRED).divide(ESTIMATE_PERCENT);
  }

  /**
   * Of calls that would each succeed alone, those that succeed in one transaction and have room
   * there.
   */
  List<BatchItem> together(EvmAddress sender, List<BatchItem> items) {
    List<BatchItem> fitting = fitting(items);
    if (fitting.size() < 2) {
      return fitting;
    }
    BitSet good = rehearsed(sender, fitting);
    return IntStream.range(0, fitting.size()).filter(good::get).mapToObj(fitting::get).toList();
  }

  private List<BatchItem> fitting(List<BatchItem> items) {
    List<BatchItem> fitting = new ArrayList<>();
    BigInteger gas = BASE_GAS;
    int bytes = 0;
    for (BatchItem item : items) {
      int more = ITEM_BYTES + (item.call().call().data().length() - 2) / 2;
      BigInteger needed =
          gas.add(CallBatchCalls.reserve(item.call()))
              .add(BYTE_GAS.multiply(BigInteger.valueOf(more)));
      if (needed.compareTo(room) <= 0 && bytes + more <= MAX_DATA_BYTES) {
        fitting.add(item);
        gas = needed;
        bytes += more;
      }
    }
    return fitting;
  }

  /** What succeeds alone may fail after the others, who have taken the same money. */
  private BitSet rehearsed(EvmAddress sender, List<BatchItem> items) {
    ChainCall call =
        new CallBatchCalls(batch).execute(items.stream().map(BatchItem::call).toList());
    ChainCall asked = new ChainCall(Optional.of(sender), call.to(), call.data());
    return switch (chain.call(asked, BlockTag.Named.LATEST)) {
      case CallOutcome.Returned returned ->
          CallBatchCalls.succeeded(returned.data())
              .orElseThrow(() -> new ChainUnavailableException("no CallBatch answers at " + batch));
      case CallOutcome.Reverted reverted -> {
        LOG.warn("a batch is not sent: {}", RevertDecoder.decode(reverted.data()));
        yield new BitSet();
      }
    };
  }
}
