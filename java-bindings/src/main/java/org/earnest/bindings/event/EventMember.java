package org.earnest.bindings.event;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.earnest.core.chain.EvmAddress;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Int;
import org.web3j.abi.datatypes.Uint;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;

/** How a member of an event is read: the same value as web3j's decoder has for it. */
@FunctionalInterface
interface EventMember {
  /**
   * The member whose word begins there.
   *
   * @throws IllegalArgumentException when the data ends before it does
   */
  Object read(AbiWords words, int at);

  /** Empty for what takes more than one word of its own. */
  static Optional<EventMember> of(Class<?> type) {
    if (Uint.class.isAssignableFrom(type)) {
      int length = length(type);
      return Optional.of((words, at) -> words.unsigned(at, length));
    }
    if (Int.class.isAssignableFrom(type)) {
      int length = length(type);
      return Optional.of((words, at) -> words.signed(at, length));
    }
    if (type == Address.class) {
      return Optional.of((words, at) -> EvmAddress.of(words.end(at, EvmAddress.BYTES)));
    }
    if (type == Bool.class) {
      return Optional.of(AbiWords::bool);
    }
    return bytes(type);
  }

  /** Of what has no fixed length, a log's topic has the hash. */
  static Optional<EventMember> indexed(Class<?> type) {
    return of(type == Utf8String.class || type == DynamicBytes.class ? Bytes32.class : type);
  }

  private static Optional<EventMember> bytes(Class<?> type) {
    if (type == Bytes32.class) {
      return Optional.of((words, at) -> words.end(at, AbiWords.WORD));
    }
    if (type == DynamicBytes.class) {
      return Optional.of(AbiWords::bytes);
    }
    return type == Utf8String.class
        ? Optional.of((words, at) -> new String(words.bytes(at), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** In bytes: web3j's classes are called after the bits. */
  private static int length(Class<?> number) {
    String bits = number.getSimpleName().replaceAll("[^0-9]", "");
    return bits.isEmpty() ? AbiWords.WORD : Integer.parseInt(bits) / Byte.SIZE;
  }
}
