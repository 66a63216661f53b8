package org.earnest.bindings.event;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import org.earnest.bindings.contract.EthereumDIDRegistry;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.Hash32;
import org.web3j.abi.EventEncoder;

/** A change of an identity in the ERC-1056 registry. */
public sealed interface DidRegistryEvent {
  EvmAddress identity();

  /** The block of the identity's change before this one; its own for a second one in a block. */
  BigInteger previousChange();

  /**
   * The identity was given to another account.
   *
   * @param owner zero when it was given up for ever
   */
  record OwnerChanged(EvmAddress identity, EvmAddress owner, BigInteger previousChange)
      implements DidRegistryEvent {}

  /**
   * A delegate was added or revoked.
   *
   * @param type 32 bytes, text padded with zeros by convention
   * @param validTo seconds since 1970; in the past when revoked
   */
  record DelegateChanged(
      EvmAddress identity,
      Hash32 type,
      EvmAddress delegate,
      BigInteger validTo,
      BigInteger previousChange)
      implements DidRegistryEvent {}

  /**
   * An attribute was set or revoked.
   *
   * @param name 32 bytes, text padded with zeros by convention
   * @param value prefixed hexadecimal
   * @param validTo seconds since 1970; zero when revoked
   */
  record AttributeChanged(
      EvmAddress identity, Hash32 name, String value, BigInteger validTo, BigInteger previousChange)
      implements DidRegistryEvent {}

  /** What to ask a node for: the first topics of the three events. */
  static Set<Hash32> topics() {
    return Set.of(Topics.OWNER, Topics.DELEGATE, Topics.ATTRIBUTE);
  }

  /** Reads a log; empty when it is none of these events, or malformed. Never throws. */
  static Optional<DidRegistryEvent> decode(ChainLog log) {
    return Topics.decode(log);
  }

  /** The events' signatures. */
  final class Topics {
    private static final Hash32 OWNER = hash(EthereumDIDRegistry.DIDOWNERCHANGED_EVENT);
    private static final Hash32 DELEGATE = hash(EthereumDIDRegistry.DIDDELEGATECHANGED_EVENT);
    private static final Hash32 ATTRIBUTE = hash(EthereumDIDRegistry.DIDATTRIBUTECHANGED_EVENT);

    private Topics() {}

    private static Hash32 hash(org.web3j.abi.datatypes.Event event) {
      return new Hash32(EventEncoder.encode(event));
    }

    private static Optional<DidRegistryEvent> decode(ChainLog log) {
      if (log.topics().size() != 2) {
        return Optional.empty();
      }
      Hash32 topic = log.topics().getFirst();
      try {
        if (topic.equals(OWNER)) {
          return Optional.of(DidRegistryReadings.owner(log));
        }
        if (topic.equals(DELEGATE)) {
          return Optional.of(DidRegistryReadings.delegate(log));
        }
        return topic.equals(ATTRIBUTE)
            ? Optional.of(DidRegistryReadings.attribute(log))
            : Optional.empty();
      } catch (RuntimeException malformed) {
        // The ABI decoder promises no exception of its own for malformed data.
        return Optional.empty();
      }
    }
  }
}
