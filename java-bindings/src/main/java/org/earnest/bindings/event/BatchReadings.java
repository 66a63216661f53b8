package org.earnest.bindings.event;

import org.earnest.bindings.contract.CallBatch;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.Hex;

/** How a batch's event becomes ours. */
final class BatchReadings {
  private BatchReadings() {}

  static BatchEvent called(ChainLog log) {
    LogValues values = LogValues.of(CallBatch.CALLED_EVENT, log);
    return new BatchEvent.Called(
        values.indexedAddress(0),
        values.indexedUint(1),
        values.bool(0),
        values.uint(1),
        values.uint(2),
        Hex.encode(values.bytes(3)));
  }
}
