package org.earnest.bindings.event;

import java.math.BigInteger;
import org.earnest.core.chain.EvmAddress;

/** Events of a batch of calls. */
public sealed interface BatchEvent extends ContractEvent {
  /**
   * A call was tried.
   *
   * @param caller who had it tried; a callee that has others tried in between is another caller
   * @param index its place among the calls, from 0
   * @param success whether it did not revert
   * @param gas gas units that it was promised
   * @param gasUsed gas units that it used of them, and making the call
   * @param returnData what it returned or reverted with, prefixed hexadecimal, cut
   */
  record Called(
      EvmAddress caller,
      BigInteger index,
      boolean success,
      BigInteger gas,
      BigInteger gasUsed,
      String returnData)
      implements BatchEvent {}
}
