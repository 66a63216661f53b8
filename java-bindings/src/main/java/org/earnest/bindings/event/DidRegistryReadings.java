package org.earnest.bindings.event;

import org.earnest.bindings.contract.EthereumDIDRegistry;
import org.earnest.core.chain.ChainLog;
import org.earnest.core.chain.Hex;

/** How the ERC-1056 registry's events become ours. */
final class DidRegistryReadings {
  private DidRegistryReadings() {}

  static DidRegistryEvent owner(ChainLog log) {
    LogValues values = LogValues.of(EthereumDIDRegistry.DIDOWNERCHANGED_EVENT, log);
    return new DidRegistryEvent.OwnerChanged(
        values.indexedAddress(0), values.address(0), values.uint(1));
  }

  static DidRegistryEvent delegate(ChainLog log) {
    LogValues values = LogValues.of(EthereumDIDRegistry.DIDDELEGATECHANGED_EVENT, log);
    return new DidRegistryEvent.DelegateChanged(
        values.indexedAddress(0),
        values.hash(0),
        values.address(1),
        values.uint(2),
        values.uint(3));
  }

  static DidRegistryEvent attribute(ChainLog log) {
    LogValues values = LogValues.of(EthereumDIDRegistry.DIDATTRIBUTECHANGED_EVENT, log);
    return new DidRegistryEvent.AttributeChanged(
        values.indexedAddress(0),
        values.hash(0),
        Hex.encode(values.bytes(1)),
        values.uint(2),
        values.uint(3));
  }
}
