package org.earnest.bindings.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.earnest.core.chain.Hex;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.StructType;
import org.web3j.abi.datatypes.Type;

/**
 * Where an event's members are, found out once. Data is read by web3j's decoder only where there is
 * a struct in it: that turns all that is left of the data into bytes again for each number, which
 * was two fifths of what reading in a chain takes.
 */
@SuppressWarnings("rawtypes") // web3j's types are raw
final class EventLayout {
  /** The events are constants of the wrappers, told apart by identity. */
  private static final Map<Event, EventLayout> KNOWN = new ConcurrentHashMap<>();

  private final List<TypeReference<Type>> types;
  private final List<EventMember> indexed;
  private final Optional<List<EventMember>> others;

  private EventLayout(Event event) {
    this.types = event.getNonIndexedParameters();
    this.indexed =
        members(event.getIndexedParameters(), EventMember::indexed)
            .orElseThrow(() -> new IllegalStateException("a struct has no topic"));
    this.others = members(types, EventMember::of);
  }

  static EventLayout of(Event event) {
    return KNOWN.computeIfAbsent(event, EventLayout::new);
  }

  /** The indexed members' values. */
  List<Object> topics(List<Hash32> topics) {
    List<Object> values = new ArrayList<>(indexed.size());
    for (int i = 0; i < indexed.size(); i++) {
      values.add(indexed.get(i).read(new AbiWords(topics.get(i + 1).bytes()), 0));
    }
    return values;
  }

  /**
   * The others' values.
   *
   * @throws IllegalArgumentException when members are missing; web3j's decoder throws others
   *     besides
   */
  List<Object> data(ChainLog log) {
    return others.map(members -> read(members, log)).orElseGet(() -> decode(log));
  }

  private static List<Object> read(List<EventMember> members, ChainLog log) {
    AbiWords words = new AbiWords(Hex.decode(log.data()));
    List<Object> values = new ArrayList<>(members.size());
    for (int i = 0; i < members.size(); i++) {
      values.add(members.get(i).read(words, i * AbiWords.WORD));
    }
    return values;
  }

  private List<Object> decode(ChainLog log) {
    List<Type> decoded = FunctionReturnDecoder.decode(log.data(), types);
    if (decoded.size() != types.size()) {
      throw new IllegalArgumentException("members are missing");
    }
    return decoded.stream().map(EventLayout::value).toList();
  }

  private static Object value(Type decoded) {
    return switch (decoded) {
      case StructType struct -> struct;
      case Address address -> new EvmAddress(address.getValue());
      default -> decoded.getValue();
    };
  }

  private static Optional<List<EventMember>> members(
      List<TypeReference<Type>> types, Function<Class<?>, Optional<EventMember>> reading) {
    List<EventMember> members = new ArrayList<>();
    for (TypeReference<Type> type : types) {
      Optional<EventMember> member = reading.apply(type(type));
      if (member.isEmpty()) {
        return Optional.empty();
      }
      members.add(member.get());
    }
    return Optional.of(List.copyOf(members));
  }

  private static Class<?> type(TypeReference<Type> reference) {
    try {
      return reference.getClassType();
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException("web3j lacks a type of its own", missing);
    }
  }
}
