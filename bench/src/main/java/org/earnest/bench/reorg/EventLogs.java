package org.earnest.bench.reorg;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.earnest.bench.logs.SyntheticLog;
import org.earnest.bindings.crypto.Keccak256;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.TypeEncoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Uint;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;

/** Events as the contracts log them. */
@SuppressWarnings("rawtypes") // web3j's types are raw
final class EventLogs {
  private EventLogs() {}

  /**
   * A log.
   *
   * @param members all of the event's, in its order
   */
  static SyntheticLog of(EvmAddress contract, Event event, Type... members) {
    List<Hash32> topics = new ArrayList<>(List.of(new Hash32(EventEncoder.encode(event))));
    List<Type> data = new ArrayList<>();
    List<TypeReference<Type>> declared = event.getParameters();
    for (int i = 0; i < members.length; i++) {
      if (declared.get(i).isIndexed()) {
        topics.add(topic(members[i]));
      } else {
        data.add(members[i]);
      }
    }
    return new SyntheticLog(contract, topics, "0x" + FunctionEncoder.encodeConstructor(data));
  }

  private static Hash32 topic(Type member) {
    return member instanceof Utf8String text
        ? Keccak256.hash(text.getValue().getBytes(StandardCharsets.UTF_8))
        : new Hash32("0x" + TypeEncoder.encode(member));
  }

  static Uint256 uint(long value) {
    return new Uint256(value);
  }

  static Address address(EvmAddress address) {
    return new Address(address.hex());
  }

  static Bytes32 word(Hash32 hash) {
    return new Bytes32(hash.bytes());
  }

  /** An unsigned number of any width: each is a word. */
  static Uint number(BigInteger value) {
    return new Uint256(value);
  }

  /** One of some made-up accounts. */
  static EvmAddress account(String kind, long number) {
    return new EvmAddress("0x" + kind.repeat(8) + "%024x".formatted(number));
  }

  /** A hash that nothing else has. */
  static Hash32 hash(String of) {
    return Keccak256.hash(of.getBytes(StandardCharsets.UTF_8));
  }
}
