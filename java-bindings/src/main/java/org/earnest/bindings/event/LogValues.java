package org.earnest.bindings.event;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Type;

/** A log's members by position: the indexed ones, then the others. */
@SuppressWarnings("rawtypes") // web3j's types are raw
final class LogValues {
  private final List<Type> indexed;
  private final List<Type> others;

  private LogValues(List<Type> indexed, List<Type> others) {
    this.indexed = indexed;
    this.others = others;
  }

  /**
   * Decodes a log by an event's declaration.
   *
   * @throws IllegalArgumentException when members are missing; the decoder throws others besides
   */
  static LogValues of(Event event, ChainLog log) {
    List<TypeReference<Type>> topics = event.getIndexedParameters();
    List<Type> indexed = new ArrayList<>();
    for (int i = 0; i < topics.size(); i++) {
      indexed.add(
          FunctionReturnDecoder.decodeIndexedValue(log.topics().get(i + 1).hex(), topics.get(i)));
    }
    List<TypeReference<Type>> types = event.getNonIndexedParameters();
    List<Type> others = FunctionReturnDecoder.decode(log.data(), types);
    if (others.size() != types.size()) {
      throw new IllegalArgumentException("members are missing");
    }
    return new LogValues(indexed, others);
  }

  BigInteger indexedUint(int index) {
    return (BigInteger) indexed.get(index).getValue();
  }

  EvmAddress indexedAddress(int index) {
    return new EvmAddress((String) indexed.get(index).getValue());
  }

  Hash32 indexedHash(int index) {
    return Hash32.of((byte[]) indexed.get(index).getValue());
  }

  BigInteger uint(int index) {
    return (BigInteger) others.get(index).getValue();
  }

  long number(int index) {
    return uint(index).longValueExact();
  }

  int small(int index) {
    return uint(index).intValueExact();
  }

  boolean bool(int index) {
    return (Boolean) others.get(index).getValue();
  }

  /** A struct, as the wrapper's type. */
  <T> T struct(int index, Class<T> type) {
    return type.cast(others.get(index));
  }

  EvmAddress address(int index) {
    return new EvmAddress((String) others.get(index).getValue());
  }

  Hash32 hash(int index) {
    return Hash32.of(bytes(index));
  }

  byte[] bytes(int index) {
    return (byte[]) others.get(index).getValue();
  }

  String text(int index) {
    return (String) others.get(index).getValue();
  }
}
