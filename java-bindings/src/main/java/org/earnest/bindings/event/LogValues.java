package org.earnest.bindings.event;

import java.math.BigInteger;
import java.util.List;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.web3j.abi.datatypes.Event;

/** A log's members by position: the indexed ones, then the others. */
final class LogValues {
  private final List<Object> indexed;
  private final List<Object> others;

  private LogValues(List<Object> indexed, List<Object> others) {
    this.indexed = indexed;
    this.others = others;
  }

  /**
   * Decodes a log by an event's declaration.
   *
   * @throws IllegalArgumentException when members are missing; the decoder throws others besides
   */
  static LogValues of(Event event, ChainLog log) {
    EventLayout layout = EventLayout.of(event);
    return new LogValues(layout.topics(log.topics()), layout.data(log));
  }

  BigInteger indexedUint(int index) {
    return (BigInteger) indexed.get(index);
  }

  EvmAddress indexedAddress(int index) {
    return (EvmAddress) indexed.get(index);
  }

  Hash32 indexedHash(int index) {
    return Hash32.of((byte[]) indexed.get(index));
  }

  BigInteger uint(int index) {
    return (BigInteger) others.get(index);
  }

  long number(int index) {
    return uint(index).longValueExact();
  }

  int small(int index) {
    return uint(index).intValueExact();
  }

  boolean bool(int index) {
    return (Boolean) others.get(index);
  }

  /** A struct, as the wrapper's type. */
  <T> T struct(int index, Class<T> type) {
    return type.cast(others.get(index));
  }

  EvmAddress address(int index) {
    return (EvmAddress) others.get(index);
  }

  Hash32 hash(int index) {
    return Hash32.of(bytes(index));
  }

  byte[] bytes(int index) {
    return (byte[]) others.get(index);
  }

  String text(int index) {
    return (String) others.get(index);
  }
}
