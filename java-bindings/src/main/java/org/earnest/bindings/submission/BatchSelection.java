package org.earnest.bindings.submission;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.earnest.bindings.call.CallBatchCalls;
import org.earnest.core.chain.EvmAddress;

/** Which calls go together into one transaction. The others are sent alone, after it. */
final class BatchSelection {
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

  private final BatchTrial trial;
  private final EvmAddress batch;
  private final BatchRoom room;

  BatchSelection(BatchTrial trial, EvmAddress batch, BatchRoom room) {
    this.trial = trial;
    this.batch = batch;
    this.room = room;
  }

  /**
   * Of calls that would each succeed alone, those that succeed in one transaction and have room
   * there.
   */
  List<BatchItem> together(EvmAddress sender, List<BatchItem> items) {
    if (items.size() < 2) {
      return items;
    }
    List<BatchItem> fitting = fitting(items, room.gas());
    if (fitting.size() < 2) {
      return fitting;
    }
    BitSet good =
        trial.succeeding(
            sender,
            new CallBatchCalls(batch).execute(fitting.stream().map(BatchItem::call).toList()));
    return IntStream.range(0, fitting.size()).filter(good::get).mapToObj(fitting::get).toList();
  }

  private static List<BatchItem> fitting(List<BatchItem> items, BigInteger allowed) {
    BigInteger most = allowed.multiply(HUNDRED).divide(ESTIMATE_PERCENT);
    List<BatchItem> fitting = new ArrayList<>();
    BigInteger gas = BASE_GAS;
    int bytes = 0;
    for (BatchItem item : items) {
      int more = ITEM_BYTES + (item.call().call().data().length() - 2) / 2;
      BigInteger needed =
          gas.add(CallBatchCalls.reserve(item.call()))
              .add(BYTE_GAS.multiply(BigInteger.valueOf(more)));
      if (needed.compareTo(most) <= 0 && bytes + more <= MAX_DATA_BYTES) {
        fitting.add(item);
        gas = needed;
        bytes += more;
      }
    }
    return fitting;
  }
}
